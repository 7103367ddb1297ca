import { isBarLine } from '../../notation/groups.ts';
import { decodeSteps, STEP_BRANCHES } from '../../notation/steps.ts';
import { VOCABULARY } from '../../notation/token.ts';
import vocabulary from '../../notation/vocabulary.json' with { type: 'json' };
import { STAFF_GEOMETRY } from '../../page/geometry.ts';
import type { GreyImage, Point } from '../../page/image.ts';
import { KINDS } from './grammar.ts';
import type { ReadStep, StepAlternative } from './hypothesis.ts';
import { COLUMN } from './ink.ts';
import type { Alternative, ReadToken } from './reading.ts';
import { barLineX, headX } from './symbol-place.ts';

const CHORD_BRANCH = STEP_BRANCHES.indexOf('chord');
const { space, topLine } = STAFF_GEOMETRY;
const BOTTOM_LINE = topLine + 0.5 + 4 * space;

/**
 * Steps as tokens with their places, and the clef in force at the end.
 * @param clef in force before the first step
 * @param image of the staff that was read
 * @param toPhoto from a place in the staff image to the photo, px
 */
export function readTokens(
  read: readonly ReadStep[],
  clef: string,
  image: GreyImage,
  toPhoto: (place: Point) => Point,
): { tokens: ReadToken[]; clef: string } {
  const joined = onlyTrueChords(read);
  let inForce = clef;
  let next = 0;
  const tokens = decodeSteps(
    joined.map(({ step }) => step),
    clef,
  ).map((token): ReadToken => {
    const isJoint = token.rhythm === 'chord';
    const source = joined[next];
    if (!source) throw new RangeError('there are more tokens than steps');
    if (!isJoint) next++;
    if (token.rhythm.startsWith('clef-')) inForce = token.rhythm;
    const { x, y } = toPhoto(placeOf(source, image));
    const place = { x: round(x), y: round(y), p: round(source.p, 4) };
    return { ...token, ...place, alternatives: isJoint ? [] : alternativesOf(source, inForce) };
  });
  return { tokens, clef: inForce };
}

/** A symbol can only be joined to a note or rest. */
function onlyTrueChords(read: readonly ReadStep[]): ReadStep[] {
  return read.map((current, index) => {
    const before = KINDS[read[index - 1]?.step[0] ?? -1];
    if (current.step[CHORD_BRANCH] !== 1 || (before && before !== 'sign')) return current;
    return { ...current, step: current.step.with(CHORD_BRANCH, 0) };
  });
}

/** Centre of a symbol in the staff image, px: a notehead on its line or space, all else on the middle line. A bar line stands where its ink is. */
function placeOf({ step, column }: ReadStep, image: GreyImage): Point {
  const position = step[1] ?? 0;
  const x = column * COLUMN;
  if (position === 0) {
    const isBar = isBarLine(VOCABULARY.rhythm[step[0] ?? 0] ?? '');
    return { x: isBar ? barLineX(image, x) : x, y: BOTTOM_LINE - 2 * space };
  }
  const y = BOTTOM_LINE - ((position - 1 + vocabulary.step.position.lowest) * space) / 2;
  return { x: headX(image, x, y), y };
}

function alternativesOf({ step, alternatives }: ReadStep, clef: string): Alternative[] {
  return alternatives.flatMap((alternative) => nameAlternative(step, alternative, clef));
}

function nameAlternative(
  step: readonly number[],
  { branch, value, p }: StepAlternative,
  clef: string,
): Alternative[] {
  const name = STEP_BRANCHES[branch];
  if (name === undefined || name === 'chord') return [];
  if (name === 'position') {
    const [token] = decodeSteps([step.map((id, index) => (index === branch ? value : id))], clef);
    return token ? [{ branch: 'pitch', value: token.pitch, p: round(p, 4) }] : [];
  }
  return [{ branch: name, value: VOCABULARY[name][value] ?? '', p: round(p, 4) }];
}

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
