import { bottomLine, diatonic, pitchName } from './clef.ts';
import { CHORD, isNote, type Token, VOCABULARY } from './token.ts';
import vocabulary from './vocabulary.json' with { type: 'json' };

/** The branches that the model predicts, in the order of a step's class ids. */
export const STEP_BRANCHES = [
  'rhythm',
  'position',
  'lift',
  'chord',
  'tuplet',
  'mark',
  'tie',
  'slur',
  'voice',
] as const;
export type StepBranch = (typeof STEP_BRANCHES)[number];

const { lowest, highest } = vocabulary.step.position;

/** Number of classes of each branch of a step, in the order of STEP_BRANCHES. */
export const STEP_SIZES: readonly number[] = STEP_BRANCHES.map((branch) => {
  if (branch === 'position') return highest - lowest + 2;
  if (branch === 'chord') return vocabulary.step.chord.length;
  return VOCABULARY[branch].length;
});

/** Class ids of one symbol, in the order of STEP_BRANCHES. */
export type Step = readonly number[];

const ids = new Map<string, number>();
for (const branch of ['rhythm', 'lift', 'tuplet', 'mark', 'tie', 'slur', 'voice'] as const) {
  VOCABULARY[branch].forEach((value, id) => {
    ids.set(`${branch} ${value}`, id);
  });
}

function classId(branch: string, value: string): number {
  const id = ids.get(`${branch} ${value}`);
  if (id === undefined) throw new RangeError(`no ${branch} is called ${value}`);
  return id;
}

function nameOf(branch: 'rhythm' | 'lift' | 'tuplet' | 'mark' | 'tie' | 'slur' | 'voice', id = -1): string {
  const value = VOCABULARY[branch][id];
  if (value === undefined) throw new RangeError(`${branch} has no class ${id}`);
  return value;
}

/**
 * Tokens as the model says them: the `chord` between two symbols becomes a flag on the second, and pitch becomes the
 * place on the staff, so that reading it needs no clef. Begin and end are not included.
 * @throws RangeError for a value outside the vocabulary or a note too far from the staff to lie in its image.
 */
export function encodeSteps(tokens: readonly Token[], clef = 'clef-G2'): number[][] {
  const steps: number[][] = [];
  let bottom = bottomLine(clef);
  let joined = 0;
  for (const token of tokens) {
    if (token.rhythm === 'chord') {
      joined = 1;
      continue;
    }
    if (token.rhythm.startsWith('clef-')) bottom = bottomLine(token.rhythm);
    let position = 0;
    if (isNote(token)) {
      const place = diatonic(token.pitch) - bottom;
      if (place < lowest || place > highest)
        throw new RangeError(`${token.pitch} lies too far from the staff`);
      position = place - lowest + 1;
    }
    steps.push([
      classId('rhythm', token.rhythm),
      position,
      classId('lift', token.lift),
      joined,
      classId('tuplet', token.tuplet),
      classId('mark', token.mark),
      classId('tie', token.tie),
      classId('slur', token.slur),
      classId('voice', token.voice),
    ]);
    joined = 0;
  }
  return steps;
}

/** Steps back to tokens: the inverse of `encodeSteps` for everything that it accepts. */
export function decodeSteps(steps: readonly Step[], clef = 'clef-G2'): Token[] {
  const tokens: Token[] = [];
  let bottom = bottomLine(clef);
  for (const [rhythm, position = 0, lift, chord, tuplet, mark, tie, slur, voice] of steps) {
    const name = nameOf('rhythm', rhythm);
    if (name.startsWith('clef-')) bottom = bottomLine(name);
    if (chord === 1 && tokens.length > 0) tokens.push(CHORD);
    tokens.push({
      rhythm: name,
      pitch: position === 0 ? 'nonote' : pitchName(bottom + position - 1 + lowest),
      lift: nameOf('lift', lift),
      tuplet: nameOf('tuplet', tuplet),
      mark: nameOf('mark', mark),
      tie: nameOf('tie', tie),
      slur: nameOf('slur', slur),
      voice: nameOf('voice', voice),
    });
  }
  return tokens;
}
