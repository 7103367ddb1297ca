import { shapesFor } from '../../src/inference/tromr/batches.ts';
import { disposeDrafts, draftStaves } from '../../src/inference/tromr/draft-staves.ts';
import type { Reader } from '../../src/inference/tromr/reader.ts';
import { pageText, staffPieces } from '../../src/inference/tromr/staff-text.ts';
import { align, editDistance } from '../../src/notation/edit-distance.ts';
import { isBarLine } from '../../src/notation/groups.ts';
import { fifthsOf } from '../../src/notation/key.ts';
import { encodeSteps, type Step } from '../../src/notation/steps.ts';
import { type Token, VOCABULARY } from '../../src/notation/token.ts';
import vocabulary from '../../src/notation/vocabulary.json' with { type: 'json' };
import { STAFF_GEOMETRY } from '../../src/page/geometry.ts';
import type { GreyImage } from '../../src/page/image.ts';
import { readPage, type Staff } from '../../src/page/read-page.ts';
import { staffLabels } from '../../src/synthesis/labels.ts';
import type { Piece } from '../../src/synthesis/music.ts';
import { type RenderedPage, stepsOf } from './pages.ts';

/** A staff as the draft reads it: its symbols' class ids and x on the page, px, and how many bars it says there are. */
export type DraftLine = Pick<Staff, 'lines' | 'space'> & { steps: Step[]; xs: number[]; bars: number };

/** What may be wrong, at most, of a line whose label is believed: the draft is not that bad, so the label is. */
const DOUBT = 0.25;
/** How many bars more or fewer than the draft says a system may hold. */
const BARS_OFF = 2;

/** Drafts all staves of an engraved page, system by system. */
export async function draftLines(reader: Reader, image: GreyImage): Promise<DraftLine[][]> {
  const { rotation, systems } = readPage(image, { rotation: 0 });
  if (rotation !== 0 || systems.length === 0) return [];
  const staves = staffPieces(systems, STAFF_GEOMETRY.maxWidth);
  const text = pageText(staves);
  const images = staves.flatMap(({ pieces }) => pieces.map((piece) => piece.image));
  const drafted = await draftStaves(reader, images, {
    shapes: shapesFor('wasm', STAFF_GEOMETRY.maxWidth),
    onDraft: (piece, steps) => text.put(piece, { steps, complete: true }),
  });
  disposeDrafts(drafted);
  const lines = staves.map(({ staff }, index): DraftLine => {
    const tokens = text.tokens(index);
    const symbols = tokens.filter(({ rhythm }) => rhythm !== 'chord');
    return {
      lines: staff.lines,
      space: staff.space,
      steps: encodeSteps(tokens),
      xs: symbols.map(({ x }) => x),
      bars: symbols.filter(({ rhythm }) => isBarLine(rhythm)).length,
    };
  });
  return systems.map((system) => lines.splice(0, system.staves.length));
}

/**
 * Labels the pages of a piece that a program has engraved without telling where: which bars stand in a system, and
 * where each symbol stands, is what the draft of the reader says; what the symbols are says the piece.
 * @param usable whether the piece says all of a bar of a staff
 */
export function labelPages(
  images: readonly GreyImage[],
  drafts: readonly (readonly DraftLine[][])[],
  piece: Piece,
  usable: (bar: number, staff: number) => boolean,
): RenderedPage[] {
  let from = 0;
  return images.flatMap((image, page): RenderedPage[] => {
    const staves: RenderedPage['staves'][number][] = [];
    const systems: number[] = [];
    let unlabelled = 0;
    for (const system of drafts[page] ?? []) {
      const to = system.length === piece.staves.length ? lastBar(piece, system, from) : undefined;
      if (to === undefined) {
        // Where the next system begins is not known either.
        from = piece.bars.length;
        unlabelled += system.length;
        continue;
      }
      const labelled = system.flatMap((line, staff) => {
        for (let bar = from; bar < to; bar++) if (!usable(bar, staff)) return [];
        return labelledStaff(line, staffTokens(piece, staff, from, to)) ?? [];
      });
      staves.push(...labelled);
      if (labelled.length > 0) systems.push(labelled.length);
      unlabelled += system.length - labelled.length;
      from = to;
    }
    const space = drafts[page]?.[0]?.[0]?.space;
    if (staves.length === 0 || space === undefined) return [];
    return [{ image, space, source: 'corpus', staves, systems, unlabelled }];
  });
}

function staffTokens(piece: Piece, staff: number, from: number, to: number): Token[] {
  return staffLabels(piece, staff, from, to).map(({ token }) => token);
}

const wordOf = ([rhythm, position, lift]: Step) => `${rhythm} ${position} ${lift}`;

/** The bar before which the system ends that begins with bar `from`: where labels and drafts differ least. */
function lastBar(piece: Piece, system: readonly DraftLine[], from: number): number | undefined {
  const said = system.map(({ bars }) => bars).sort((a, b) => a - b)[system.length >> 1] ?? 0;
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  const words = system.map(({ steps }) => steps.map(wordOf));
  for (let to = from + Math.max(1, said - BARS_OFF); to <= from + said + BARS_OFF; to++) {
    if (to > piece.bars.length) break;
    const wrong = words.reduce((sum, read, staff) => {
      const label = stepsOf(staffTokens(piece, staff, from, to))?.map(wordOf) ?? [];
      return sum + editDistance(label, read);
    }, 0);
    if (wrong < least) [best, least] = [to, wrong];
  }
  return best;
}

/** The line with its label, each symbol placed where the draft has it or else between its neighbours. */
function labelledStaff(line: DraftLine, tokens: Token[]): RenderedPage['staves'][number] | undefined {
  const steps = stepsOf(tokens);
  const lines = levelLines(line);
  if (!steps || !lines) return undefined;
  if (!sameOpening(steps, line.steps)) return undefined;
  const read = line.steps.map((step, index) => ({ step, x: line.xs[index] ?? 0 }));
  const known: (number | undefined)[] = [];
  let right = 0;
  for (const pair of align(steps, read, {
    pair: (a, b) => unlike(a, b.step),
    left: () => 1,
    right: () => 1,
  })) {
    if (!pair.left) continue;
    known.push(pair.right && unlike(pair.left, pair.right.step) < 1 ? pair.right.x : undefined);
    if (pair.right && wordOf(pair.left) === wordOf(pair.right.step)) right++;
  }
  const most = Math.max(steps.length, read.length);
  if (right < (1 - DOUBT) * most) return undefined;
  placeOpening(tokens, known, lines.left, line.space);
  const xs = between(known, lines.left, lines.right);
  const [top = 0, , , , bottom = 0] = lines.lines;
  const places = steps.map(([, position = 0], i) => ({
    x: xs[i] ?? 0,
    y:
      position === 0
        ? (top + bottom) / 2
        : bottom - ((position - 1 + vocabulary.step.position.lowest) * (bottom - top)) / 8,
  }));
  return { tokens, steps, places, ...lines };
}

/** Signs before the first note or rest of a line. */
function openingOf(steps: readonly Step[]): Step[] {
  const end = steps.findIndex(
    ([rhythm = 0]) => !/^(clef|keySig|timeSig)/.test(VOCABULARY.rhythm[rhythm] ?? ''),
  );
  return steps.slice(0, end < 0 ? steps.length : end);
}

function sameOpening(a: readonly Step[], b: readonly Step[]): boolean {
  return openingOf(a).map(wordOf).join() === openingOf(b).map(wordOf).join();
}

/** Middle of the clef and left edge of the key from the staff's left end, and what a sharp and a flat take, in staff spaces. */
const CLEF_AT = 2.2;
const KEY_FROM = 4.3;
const SHARP = 1.1;
const FLAT = 0.95;

/** CTC names the first signs of a line before it comes to them; engravers set them at fixed distances. */
function placeOpening(
  tokens: readonly Token[],
  known: (number | undefined)[],
  left: number,
  space: number,
): void {
  if (tokens[0]?.rhythm.startsWith('clef-')) known[0] = left + CLEF_AT * space;
  const key = tokens[1]?.rhythm ?? '';
  if (!key.startsWith('keySignature-')) return;
  const fifths = fifthsOf(key);
  known[1] = left + (KEY_FROM + (Math.abs(fifths) * (fifths > 0 ? SHARP : FLAT)) / 2) * space;
}

/** How unlike two symbols are: 0 the same, below 1 what may be one sign misread, 2 what is not. */
function unlike(a: Step, b: Step): number {
  if (wordOf(a) === wordOf(b)) return 0;
  const bothNotes = (a[1] ?? 0) > 0 && (b[1] ?? 0) > 0;
  if (bothNotes) return a[1] === b[1] ? 0.4 : a[0] === b[0] ? 0.9 : 2;
  return a[1] === b[1] && a[0] === b[0] ? 0.4 : 2;
}

/** Unknown places are spread evenly between the known ones around them. */
function between(known: readonly (number | undefined)[], left: number, right: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < known.length; i++) {
    const here = known[i];
    if (here !== undefined) {
      out.push(here);
      continue;
    }
    const before = out[i - 1] ?? left;
    let next = i + 1;
    while (next < known.length && known[next] === undefined) next++;
    out.push(before + ((known[next] ?? right) - before) / (next - i + 1));
  }
  return out;
}

/** Ends and heights of the five lines of an engraved staff; nothing where they do not lie level. */
function levelLines({
  lines,
  space,
}: DraftLine): { left: number; right: number; lines: number[] } | undefined {
  const heights = lines.map((points) => points.reduce((sum, { y }) => sum + y, 0) / points.length);
  const level = lines.every((points, i) =>
    points.every(({ y }) => Math.abs(y - (heights[i] ?? 0)) < space / 4),
  );
  const left = lines[2]?.[0]?.x;
  const right = lines[2]?.at(-1)?.x;
  if (!level || heights.length !== 5 || left === undefined || right === undefined) return undefined;
  return { left, right, lines: heights };
}
