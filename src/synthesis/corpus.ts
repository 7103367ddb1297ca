import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { BEAMS, pickBeamShape } from './beam-shapes.ts';
import { assemblePage, type EngravedPage, type Engraver, engravePiece } from './engrave.ts';
import { noteDensity, pickRun, pickStaves, takeExcerpt, usableRuns } from './excerpt.ts';
import { Flaw } from './mei-layer.ts';
import { readScore, type Score } from './mei-score.ts';
import { countMeasures, measureWindow } from './musicxml-window.ts';
import { CANCELLING, pickCancelling, pickExcerptPage } from './page-plan.ts';
import type { Random } from './random.ts';
import { stackSheets } from './sheet.ts';

export type Split = 'train' | 'held-out';

/**
 * Paths of the corpus's scores, in the order of its INDEX.tsv. Every tenth composer, in order of first appearance, is
 * kept for measuring; the rest is for training. Empty where there is no corpus.
 */
export function corpusFiles(folder: string, split: Split): string[] {
  const index = join(folder, 'INDEX.tsv');
  if (!existsSync(index)) return [];
  const composers = new Map<string, number>();
  const files: string[] = [];
  for (const line of readFileSync(index, 'utf8').split('\n').slice(1)) {
    const [file, source] = line.split('\t');
    if (!file || !source) continue;
    const composer = source.split('/')[1] ?? source;
    if (!composers.has(composer)) composers.set(composer, composers.size + 1);
    const heldOut = (composers.get(composer) ?? 0) % 10 === 0;
    if (heldOut === (split === 'held-out')) files.push(join(folder, file));
  }
  return files;
}

/**
 * The MusicXML within a compressed `.mxl` file.
 * @throws Flaw where it holds none
 */
export function unpackScore(bytes: Uint8Array): string {
  const entries = unzipSync(bytes);
  const container = strFromU8(entries['META-INF/container.xml'] ?? new Uint8Array());
  const [, name = ''] = /full-path="([^"]*)"/.exec(container) ?? [];
  const score = entries[name];
  if (!score) throw new Flaw('no score in the file');
  return strFromU8(score);
}

/** Bars that are read of a long score. */
const WINDOW = 72;

/**
 * Reads a score of the corpus, or a window of a long one, by way of Verovio's MEI.
 * @throws Flaw where it cannot be used at all.
 */
export function loadScore({ toolkit }: Engraver, file: string, random: Random): Score {
  const xml = unpackScore(readFileSync(file));
  const measures = countMeasures(xml);
  const from = random.int(0, Math.max(0, measures - WINDOW));
  toolkit.setOptions({ breaks: 'none' });
  if (!toolkit.loadData(measures > WINDOW ? measureWindow(xml, from, WINDOW) : xml))
    throw new Flaw('not read by the engraver');
  return readScore(toolkit.getMEI({ scoreBased: true }));
}

/** A page of excerpts from the score, or nothing if this draw found no music that can be used. */
export function excerptPage(engraver: Engraver, score: Score, random: Random): EngravedPage | undefined {
  const staves = pickStaves(random, score);
  const plan = pickExcerptPage(random, staves.length);
  const run = pickRun(random, usableRuns(score, staves), plan.bars);
  if (!run) return undefined;
  const piece = { ...takeExcerpt(random, score, staves, run), ...pickCancelling(random.fork(CANCELLING)) };
  if (noteDensity(piece) < 1.2) return undefined;
  const layout = { ...plan.layout, xmlIdSeed: 1 + random.int(0, 1e9) };
  const block = engravePiece(engraver, piece, layout, pickBeamShape(random.fork(BEAMS)));
  const page = assemblePage(stackSheets(random, plan, [block]), [block], plan.space, 'corpus');
  return page.staves.length > 0 ? page : undefined;
}

/**
 * Up to `count` pages of excerpts from one of the files, drawn at random: reading a score takes long, so several
 * pages come from each. The same for the same state of `random`; empty where the drawn score is of no use.
 */
export function corpusPages(
  engraver: Engraver,
  files: readonly string[],
  random: Random,
  count: number,
): EngravedPage[] {
  let score: Score;
  try {
    score = loadScore(engraver, random.pick(files), random);
  } catch (error) {
    if (error instanceof Flaw) return [];
    throw error;
  }
  const pages: EngravedPage[] = [];
  for (let tries = 0; pages.length < count && tries < 3 * count; tries++) {
    const page = excerptPage(engraver, score, random.fork(tries));
    if (page) pages.push(page);
  }
  return pages;
}
