import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { GreyImage } from '../../src/page/image.ts';
import { readPage } from '../../src/page/read-page.ts';
import { photograph } from '../../src/synthesis/camera.ts';
import { corpusFiles, type Split, unpackScore } from '../../src/synthesis/corpus.ts';
import { Flaw } from '../../src/synthesis/mei-layer.ts';
import { countMeasures, measureWindow } from '../../src/synthesis/musicxml-window.ts';
import { createRandom, type Random } from '../../src/synthesis/random.ts';
import { USUAL } from '../../src/synthesis/spoil.ts';

/** MuseScore's command line, which trained nothing here and is a tool only. */
const PROGRAMS = ['musescore3', 'mscore3', 'musescore', 'mscore'];
/** Dots an inch of its pictures: staff spaces of some 15 px. */
const RESOLUTION = '220';
/** Bars to try to get onto one page, the most first. */
const BARS = [32, 20, 12, 8, 5];

export type OtherPages = {
  out: string;
  corpus: string;
  split: Split;
  count: number;
  seed: number;
  camera: boolean;
  severity: number;
};

/**
 * Writes pictures of whole pages of the corpus that MuseScore engraved, and their MusicXML as truth.
 * @throws RangeError where MuseScore or the corpus is missing
 */
export async function renderByMuseScore(options: OtherPages): Promise<void> {
  const { out, corpus, split, count, seed } = options;
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version'], { env: headless() }).status === 0);
  if (!program) throw new RangeError('MuseScore is missing (Debian: apt install musescore3)');
  const files = corpusFiles(corpus, split);
  if (files.length === 0) throw new RangeError(`no corpus in ${corpus}`);
  mkdirSync(out, { recursive: true });
  const random = createRandom(seed);
  for (let n = 0, done = 0; done < count && n < 10 * count; n++) {
    const own = random.fork(n);
    const page = await engravedPage(program, own.pick(files), own);
    if (!page) continue;
    const picture = options.camera ? photographed(page.image, own, options.severity) : page.image;
    if (!picture) continue;
    const name = join(out, `page-${String(done++).padStart(4, '0')}`);
    const raw = { width: picture.width, height: picture.height, channels: 1 as const };
    await sharp(picture.data, { raw }).png().toFile(`${name}.png`);
    writeFileSync(`${name}.musicxml`, page.xml);
  }
}

const headless = () => ({ ...process.env, QT_QPA_PLATFORM: 'offscreen' });

type Page = { image: GreyImage; xml: string };

/** As many bars from anywhere in a score as fit on one page; nothing if five do not. */
async function engravedPage(program: string, file: string, random: Random): Promise<Page | undefined> {
  const xml = scoreIn(file);
  const measures = xml === undefined ? 0 : countMeasures(xml);
  const place = random.next();
  const folder = mkdtempSync(join(tmpdir(), 'engraved-'));
  try {
    for (const bars of BARS) {
      if (xml === undefined || measures < bars) continue;
      const part = measureWindow(xml, Math.floor(place * (measures - bars)), bars);
      const source = join(folder, 'score.musicxml');
      writeFileSync(source, part);
      const target = join(folder, `${bars}.png`);
      spawnSync(program, ['-r', RESOLUTION, '-o', target, source], { env: headless() });
      const first = join(folder, `${bars}-1.png`);
      if (existsSync(first) && !existsSync(join(folder, `${bars}-2.png`)))
        return { image: await greyOf(first), xml: part };
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scoreIn(file: string): string | undefined {
  try {
    return unpackScore(readFileSync(file));
  } catch (error) {
    if (error instanceof Flaw) return undefined;
    throw error;
  }
}

async function greyOf(file: string): Promise<GreyImage> {
  const white = sharp(file).flatten({ background: '#fff' }).greyscale();
  const { data, info } = await white.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** The page as a camera sees it, at the staff space that the reader measures in it. */
function photographed(image: GreyImage, random: Random, severity: number): GreyImage | undefined {
  const { staffSpace, systems } = readPage(image);
  if (systems.length === 0) return undefined;
  const profile = random.weighted(USUAL.profiles);
  return photograph(image, random, { space: staffSpace, profile, severity, maxPixels: 12_000_000 }).photo;
}
