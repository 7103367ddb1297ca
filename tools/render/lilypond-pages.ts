import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reader } from '../../src/inference/tromr/reader.ts';
import { corpusFiles, type Split } from '../../src/synthesis/corpus.ts';
import { createEngraver } from '../../src/synthesis/engrave.ts';
import { takeExcerpt } from '../../src/synthesis/excerpt.ts';
import { Flaw } from '../../src/synthesis/mei-layer.ts';
import { readScore } from '../../src/synthesis/mei-score.ts';
import { countMeasures, measureWindow, onlyParts, partIds } from '../../src/synthesis/musicxml-window.ts';
import type { Random } from '../../src/synthesis/random.ts';
import { greyOf, scoreIn } from './engraved-pages.ts';
import { ENGRAVERS } from './engravers.ts';
import { lilypondPages } from './lilypond.ts';
import type { PageMaker } from './pages.ts';
import { draftLines, labelPages } from './read-labels.ts';

/** Bars engraved at once: some pages. */
const BARS = 64;
/** Parts of a score that are taken together, at most. */
const PARTS = 4;

/**
 * Pages of the corpus as LilyPond engraves them, for training; where their symbols stand is found by reading them.
 * @throws RangeError where the program or the corpus is missing
 */
export async function lilypondPageMaker(corpus: string, split: Split, reader: Reader): Promise<PageMaker> {
  const { lilypond } = ENGRAVERS;
  const command = lilypond.find();
  if (!command) throw new RangeError(`the engraver is missing (Debian: apt install ${lilypond.package})`);
  const files = corpusFiles(corpus, split);
  if (files.length === 0) throw new RangeError(`no corpus in ${corpus}`);
  const { toolkit } = await createEngraver();

  return async (random: Random) => {
    for (;;) {
      const xml = music(random.pick(files), random);
      const score = xml === undefined ? undefined : scoreOf(xml);
      if (xml === undefined || !score) continue;
      const staves = score.staves.map((_, staff) => staff);
      const piece = { ...takeExcerpt(random, score, staves, [0, score.bars.length]), hideTime: false };
      const folder = mkdtempSync(join(tmpdir(), 'lilypond-'));
      try {
        const source = join(folder, 'score.musicxml');
        writeFileSync(source, xml);
        const images = await Promise.all(lilypondPages(command, source, folder, random).map(greyOf));
        const drafts = [];
        for (const image of images) drafts.push(await draftLines(reader, image));
        const pages = labelPages(images, drafts, piece, (bar, staff) => {
          const { cut, flaws } = score.bars[bar] ?? {};
          return cut === undefined && flaws !== undefined && flaws[staff] === undefined;
        });
        if (pages.length > 0) return pages;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  };

  function scoreOf(xml: string) {
    try {
      toolkit.setOptions({ breaks: 'none' });
      if (!toolkit.loadData(xml)) return undefined;
      const score = readScore(toolkit.getMEI({ scoreBased: true }));
      return score.bars.length === countMeasures(xml) ? score : undefined;
    } catch (error) {
      if (error instanceof Flaw) return undefined;
      throw error;
    }
  }
}

/** Some bars of some neighbouring parts of a score; nothing where the file holds none. */
function music(file: string, random: Random): string | undefined {
  const xml = scoreIn(file);
  if (xml === undefined) return undefined;
  const ids = partIds(xml);
  const count = random.int(1, Math.min(PARTS, ids.length));
  const first = random.int(0, Math.max(0, ids.length - count));
  const part = onlyParts(xml, ids.slice(first, first + count));
  return measureWindow(part, random.int(0, Math.max(0, countMeasures(part) - BARS)), BARS);
}
