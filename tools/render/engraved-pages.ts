import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import type { Engraver } from './engravers.ts';

/** Bars to try to get onto one page, the most first. */
const BARS = [32, 20, 12, 8, 5];

export type OtherPages = {
  engraver: Engraver;
  out: string;
  corpus: string;
  split: Split;
  count: number;
  seed: number;
  camera: boolean;
  severity: number;
};

/**
 * Writes pictures of whole pages of the corpus that another program engraved, and their MusicXML as truth.
 * @throws RangeError where the program or the corpus is missing
 */
export async function renderEngraved(options: OtherPages): Promise<void> {
  const { engraver, out, corpus, split, count, seed } = options;
  const command = engraver.find();
  if (!command) throw new RangeError(`the engraver is missing (Debian: apt install ${engraver.package})`);
  const files = corpusFiles(corpus, split);
  if (files.length === 0) throw new RangeError(`no corpus in ${corpus}`);
  mkdirSync(out, { recursive: true });
  const random = createRandom(seed);
  for (let n = 0, done = 0; done < count && n < 10 * count; n++) {
    const own = random.fork(n);
    const page = await engravedPage(engraver, command, own.pick(files), own);
    if (!page) continue;
    const picture = options.camera ? photographed(page.image, own, options.severity) : page.image;
    if (!picture) continue;
    const name = join(out, `page-${String(done++).padStart(4, '0')}`);
    const raw = { width: picture.width, height: picture.height, channels: 1 as const };
    await sharp(picture.data, { raw }).png().toFile(`${name}.png`);
    writeFileSync(`${name}.musicxml`, page.xml);
  }
}

type Page = { image: GreyImage; xml: string };

/** As many bars from anywhere in a score as fit on one page; nothing if five do not. */
async function engravedPage(
  engraver: Engraver,
  command: string,
  file: string,
  random: Random,
): Promise<Page | undefined> {
  const xml = scoreIn(file);
  const measures = xml === undefined ? 0 : countMeasures(xml);
  const place = random.next();
  for (const bars of BARS) {
    if (xml === undefined || measures < bars) continue;
    const part = measureWindow(xml, Math.floor(place * (measures - bars)), bars);
    const folder = mkdtempSync(join(tmpdir(), 'engraved-'));
    try {
      const source = join(folder, 'score.musicxml');
      writeFileSync(source, part);
      const picture = engraver.engrave(command, source, folder);
      const image = picture && (await greyOf(picture));
      if (image && !runsOff(image)) return { image, xml: part };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return undefined;
}

/** Whether ink reaches the right edge of the paper: LilyPond lets a line that it cannot break run off it. */
function runsOff({ width, height, data }: GreyImage): boolean {
  for (let y = 0; y < height; y++) if ((data[(y + 1) * width - 1] ?? 255) < 128) return true;
  return false;
}

/** The MusicXML of a file of the corpus; nothing where it holds none. */
export function scoreIn(file: string): string | undefined {
  try {
    return unpackScore(readFileSync(file));
  } catch (error) {
    if (error instanceof Flaw) return undefined;
    throw error;
  }
}

export async function greyOf(file: string): Promise<GreyImage> {
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
