import { STEP_BRANCHES, STEP_SIZES, type StepBranch } from '../../notation/steps.ts';
import { VOCABULARY } from '../../notation/token.ts';

/** What kind of symbol a rhythm class names; `control` ones are never read as symbols. */
export type Kind = 'note' | 'grace' | 'rest' | 'sign' | 'control';

function kindOf(rhythm: string): Kind {
  if (/^(pad|begin|end|chord)$/.test(rhythm)) return 'control';
  if (rhythm.startsWith('note-')) return 'note';
  if (rhythm.startsWith('grace')) return 'grace';
  return rhythm.startsWith('rest-') ? 'rest' : 'sign';
}

/** The kind of every rhythm class. */
export const KINDS: readonly Kind[] = VOCABULARY.rhythm.map(kindOf);

export const BEGIN = VOCABULARY.rhythm.indexOf('begin');
export const END = VOCABULARY.rhythm.indexOf('end');

/** Whether a class carries a pitch. */
export function isHead(rhythm: number): boolean {
  return KINDS[rhythm] === 'note' || KINDS[rhythm] === 'grace';
}

const FERMATA = VOCABULARY.mark.indexOf('fermata');

/** Whether a branch may say `value` beside a rhythm of this kind: only heads have a pitch, a rest has no tie, … */
function fits(kind: Kind, branch: StepBranch, value: number): boolean {
  const head = kind === 'note' || kind === 'grace';
  switch (branch) {
    case 'rhythm':
      return true;
    case 'position':
    case 'lift':
      return head === value > 0;
    case 'mark':
      return head || value === 0 || (kind === 'rest' && value === FERMATA);
    case 'tie':
    case 'slur':
      return head || value === 0;
    case 'chord':
    case 'tuplet':
    case 'voice':
      return head || kind === 'rest' || value === 0;
  }
}

const ALLOWED = KINDS.map((kind) =>
  STEP_BRANCHES.map((branch, index) =>
    Array.from({ length: STEP_SIZES[index] ?? 0 }, (_, value) =>
      branch === 'rhythm' ? KINDS[value] !== 'control' || value === END : fits(kind, branch, value),
    ),
  ),
);

/** For each value of a branch (by index in STEP_BRANCHES), whether it can stand beside a rhythm. */
export type Grammar = (rhythm: number, branch: number) => readonly boolean[];

/** What can be printed: only heads have a pitch, a rest has no tie, nothing but `end` ends, … */
export const allowed: Grammar = (rhythm, branch) => ALLOWED[rhythm]?.[branch] ?? [];

const ANYTHING = STEP_SIZES.map((size) => Array<boolean>(size).fill(true));

/** Every value beside every rhythm: the model's own word, for comparison with its trainer. */
export const anything: Grammar = (_, branch) => ANYTHING[branch] ?? [];
