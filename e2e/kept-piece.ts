import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import type { ReadToken } from '../src/notation/read-token.ts';
import { plainToken } from '../src/notation/token.ts';
import { packPieces } from '../src/ui/read/piece-pack.ts';
import { pageOf } from '../src/ui/read/store.ts';
import { AS_IT_COMES } from '../src/ui/sound/playback.ts';
import { expect } from './visit.ts';

/** What a piece might be called by somebody who means ill. */
export const NAME = 'Rondo <img src=x onerror=alert(1)> & Co';

const WIDTH = 1200;
const SPACE = 16;
/** Upper lines of the two staves, px. */
const STAVES = [200, 420];

type Symbol = { rhythm: string; pitch?: string; p?: number; or?: ReadToken['alternatives'] };

const note = (pitch: string, rhythm = 'note-quarter'): Symbol => ({ rhythm, pitch });
const HEAD = [{ rhythm: 'keySignature-CM' }, { rhythm: 'timeSignature-4/4' }];
const BAR = { rhythm: 'barline' };

/** Two staves of three bars: the second bar of the upper one lacks a quarter, and a note of the last one is in doubt. */
const LINES: Symbol[][] = [
  [
    { rhythm: 'clef-G2' },
    ...HEAD,
    ...[note('A4'), note('B4'), note('C5'), note('A4'), BAR],
    ...[note('A4'), note('B4')],
    { ...note('G4'), or: [{ branch: 'rhythm', value: 'note-half', p: 0.08 }] },
    BAR,
    { ...note('F4', 'note-whole'), p: 0.5, or: [{ branch: 'pitch', value: 'G4', p: 0.4 }] },
    BAR,
  ],
  [{ rhythm: 'clef-F4' }, ...HEAD, ...[0, 1, 2].flatMap(() => [note('C3', 'note-whole'), BAR])],
];

function tokensOf(line: Symbol[], top: number): ReadToken[] {
  const step = 1000 / line.length;
  return line.map(({ rhythm, pitch, p = 0.99, or = [] }, i) => ({
    ...plainToken(rhythm),
    ...(pitch === undefined ? {} : { pitch, lift: 'none' }),
    ...{ p, x: 120 + i * step, y: top + 2 * SPACE, alternatives: or },
  }));
}

const linesAt = (top: number) =>
  [0, 1, 2, 3, 4].map((line): [number, number][] => [
    [100, top + line * SPACE],
    [WIDTH - 100, top + line * SPACE],
  ]);

/** A file of pieces as another device exported it: one piece, on a photo of empty staves. */
async function exported(): Promise<Buffer> {
  const drawn = STAVES.flatMap(linesAt).map(([from, to]) => `<path d="M${from}L${to}"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="600" stroke="#222" stroke-width="2">
    <rect width="100%" height="100%" fill="#f4f1ea" stroke="none"/>${drawn.join('')}</svg>`;
  const photo = new Blob([new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer())], {
    type: 'image/png',
  });
  const staves = LINES.map((line, i) => {
    const top = STAVES[i] ?? 0;
    return {
      box: [100, top, WIDTH - 200, 4 * SPACE] as [number, number, number, number],
      lines: linesAt(top),
      tokens: tokensOf(line, top),
      source: 'reading' as const,
      octaveLines:
        i === 0
          ? [
              {
                side: 'above' as const,
                from: [340, 150] as [number, number],
                to: [560, 150] as [number, number],
              },
            ]
          : [],
    };
  });
  const reading = {
    ...{ photo: { width: WIDTH, height: 600 }, rotation: 0 as const, backend: 'wasm', reason: 'as it was' },
    timings: { geometry: 1, draft: 1, reading: 1, notation: 1 },
    systems: [{ staves, braces: [[0, 1] as [number, number]] }],
  };
  const pages = [pageOf('page-1', reading, 1000)];
  const piece = { id: 'rondo', name: NAME, pages, edits: { commands: [], done: 0 } };
  const kept = {
    piece,
    photos: new Map([['page-1', photo]]),
    changed: 5,
    transpose: 0,
    playback: AS_IT_COMES,
  };
  return Buffer.from(await (await packPieces([kept])).arrayBuffer());
}

/** Brings that file to a new device, by the button that is there, and opens its piece. */
export async function openKeptPiece(
  page: Page,
): Promise<{ photo: Locator; score: Locator; inspector: Locator }> {
  await page.goto('read/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import pieces from another device' }).click();
  const file = { name: 'scoreline-pieces.zip', mimeType: 'application/zip', buffer: await exported() };
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: /^Rondo .*1 page, 2 staves/ }).click();
  const score = page.getByRole('region', { name: 'Engraved score' });
  await expect(score.locator('.note').first()).toBeVisible({ timeout: 60_000 });
  return {
    photo: page.getByRole('region', { name: 'Photo', exact: true }),
    score,
    inspector: page.getByRole('region', { name: 'Selected symbol' }),
  };
}
