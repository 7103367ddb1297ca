import type { PageResult, SystemReading } from '../../src/inference/tromr/reading.ts';
import { writeMidi } from '../../src/notation/midi.ts';
import { writeMusicXml } from '../../src/notation/musicxml.ts';
import { scoreFromPage } from '../../src/notation/score-from-tokens.ts';
import { writeSemantic } from '../../src/notation/semantic.ts';
import type { Token } from '../../src/notation/token.ts';

const VERSION = 1;

/** The files of a page by their endings: MusicXML, MIDI, the reading (and each staff's draft) as JSON, and the semantic text. */
export function outputsOf(
  page: PageResult,
  title: string,
  drafts: ReadonlyMap<number, readonly Token[]> = new Map(),
): Record<string, string | Uint8Array> {
  const score = scoreFromPage(
    page.systems.map(({ staves, braces }) => ({ staves: staves.map(({ tokens }) => tokens), braces })),
  );
  const lines = writeSemantic(
    page.systems.flatMap(({ staves }) => staves.map(({ tokens }) => tokens)),
    page.systems.map(({ staves }) => staves.length),
  );
  return {
    musicxml: writeMusicXml(score, { title }),
    mid: writeMidi(score),
    json: `${JSON.stringify(jsonOf(page, drafts))}\n`,
    semantic: lines.map((line) => `${line}\n`).join(''),
  };
}

function jsonOf(
  { photo, backend, reason, timings, systems }: PageResult,
  drafts: ReadonlyMap<number, readonly Token[]>,
) {
  let staff = 0;
  return {
    version: VERSION,
    photo,
    backend,
    reason,
    timings_ms: timings,
    systems: systems.map(({ staves, braces }) => ({
      braces,
      staves: staves.map(({ box, lines, tokens }) => {
        const draft = drafts.get(staff++)?.map(branchesOf);
        return { box, lines, tokens, ...(draft ? { draft } : {}) };
      }),
    })),
  };
}

function branchesOf({ rhythm, pitch, lift, tuplet, mark, tie, slur, voice }: Token): Token {
  return { rhythm, pitch, lift, tuplet, mark, tie, slur, voice };
}

/** A page in the pixels of a photo that was read on sides `shrunk` times smaller. */
export function enlarged(page: PageResult, shrunk: number): PageResult {
  if (shrunk === 1) return page;
  const grow = (value: number) => Math.round(value * shrunk * 10) / 10;
  return {
    ...page,
    photo: { width: Math.round(page.photo.width * shrunk), height: Math.round(page.photo.height * shrunk) },
    systems: page.systems.map(
      ({ staves, braces }): SystemReading => ({
        braces,
        staves: staves.map((staff) => ({
          ...staff,
          box: [grow(staff.box[0]), grow(staff.box[1]), grow(staff.box[2]), grow(staff.box[3])],
          lines: staff.lines.map((line) => line.map(([x, y]): [number, number] => [grow(x), grow(y)])),
          tokens: staff.tokens.map((token) => ({ ...token, x: grow(token.x), y: grow(token.y) })),
        })),
      }),
    ),
  };
}
