/** What a key or a button does to the selected symbol: pure, from the action to the command. */

import { partValue, VALUE_LENGTH } from '../../notation/duration.ts';
import { alikeTo } from '../../notation/edit/alike.ts';
import { type Command, pitchNear } from '../../notation/edit/commands.ts';
import { type EditedToken, lineAt, type PageLines, type SymbolPlace } from '../../notation/edit/edited.ts';
import { asReadOf, type Fix, nearest, printedValue } from '../../notation/edit/fix.ts';
import { clefAt, isTimed, membersAt } from '../../notation/edit/lines.ts';
import { isGrace } from '../../notation/groups.ts';
import type { Alternative } from '../../notation/read-token.ts';
import { isNote, plainToken, type Token } from '../../notation/token.ts';

export type Action =
  | { kind: 'fix'; fix: Fix }
  /** Half or twice as long. */
  | { kind: 'length'; by: -1 | 1 }
  | { kind: 'dot' }
  | { kind: 'tie' }
  | { kind: 'voice' }
  /** Sharper or flatter by a step of the accidentals. */
  | { kind: 'lift'; by: -1 | 1 }
  | { kind: 'natural' }
  /** The n-th of what else it might be, from 0. */
  | { kind: 'alternative'; number: number }
  | { kind: 'letter'; letter: string }
  | { kind: 'head'; letter?: string }
  | { kind: 'insert'; what: 'note' | 'rest' | 'bar' }
  | { kind: 'delete' }
  /** What was done last, to this symbol or to all alike. */
  | { kind: 'again' }
  | { kind: 'alike' };

/** How many alternatives are offered: there are keys for nine. */
const OFFERED = 9;

/** What else a symbol might be, the likeliest first. What it was read as is the first once it was corrected. */
export type Offer = { fix: Fix; alternative: Alternative | null; chosen: boolean };

export function offersOf(token: EditedToken): Offer[] {
  const others = [...token.alternatives]
    .sort((a, b) => b.p - a.p)
    .map(
      (alternative): Offer => ({
        fix: { kind: 'set', branch: alternative.branch, value: alternative.value },
        alternative,
        chosen: token[alternative.branch] === alternative.value,
      }),
    );
  const asRead: Offer[] = token.asRead
    ? [{ fix: { kind: 'as-read' }, alternative: null, chosen: false }]
    : [];
  return [...asRead, ...others].slice(0, OFFERED);
}

/** The command that an action is, or null where it does not suit the symbol. `last`: the command done last. */
export function commandOf(
  action: Action,
  pages: readonly PageLines[],
  place: SymbolPlace,
  last: LastFix | null,
): Command | null {
  const line = lineAt(pages, place);
  const token = line?.[place.token];
  if (!line || !token) return null;
  const fix = fixOf(action, token, last);
  if (fix) return { kind: 'fix', places: [place], fix };
  switch (action.kind) {
    case 'delete':
      return { kind: 'delete', places: [place] };
    case 'letter':
    case 'insert':
      return insertOf(action, pages, line, place);
    case 'head':
      return headOf(line, place, action.letter);
    case 'alike': {
      const places = last ? alikeTo(pages, last.read, last.fix) : [];
      return last && places.length > 0 ? { kind: 'fix', places, fix: last.fix } : null;
    }
    default:
      return null;
  }
}

function fixOf(action: Action, token: EditedToken, last: LastFix | null): Fix | null {
  switch (action.kind) {
    case 'fix':
      return action.fix;
    case 'length': {
      const values = Object.keys(VALUE_LENGTH);
      const value = values[values.indexOf(partValue(printedValue(token)).base) - action.by];
      return value === undefined || printedValue(token) === '' ? null : { kind: 'length', value };
    }
    case 'dot':
      return printedValue(token) === ''
        ? null
        : { kind: 'dots', dots: (partValue(printedValue(token)).dots + 1) % 3 };
    case 'tie':
      return isNote(token)
        ? { kind: 'set', branch: 'tie', value: token.tie === 'tie' ? 'none' : 'tie' }
        : null;
    case 'voice':
      if (!isTimed(token) && !isGrace(token)) return null;
      return { kind: 'set', branch: 'voice', value: token.voice === '1' ? '2' : '1' };
    case 'lift':
      return liftFix(token, action.by);
    case 'natural':
      return isNote(token) ? { kind: 'set', branch: 'lift', value: token.lift === 'N' ? 'none' : 'N' } : null;
    case 'alternative':
      return offersOf(token)[action.number]?.fix ?? null;
    case 'letter':
      return isNote(token) || token.rhythm.startsWith('rest-')
        ? { kind: 'letter', letter: action.letter }
        : null;
    case 'again':
      return last?.fix ?? null;
    default:
      return null;
  }
}

const LIFTS = ['bb', 'b', 'none', '#', '##'];

function liftFix(token: EditedToken, by: -1 | 1): Fix | null {
  if (!isNote(token)) return null;
  const at = token.lift === 'N' ? LIFTS.indexOf('none') : LIFTS.indexOf(token.lift);
  const value = LIFTS[at + by];
  return value === undefined ? null : { kind: 'set', branch: 'lift', value };
}

/** After the chord that the symbol stands in. */
function behind(line: readonly EditedToken[], place: SymbolPlace): SymbolPlace {
  return { ...place, token: (membersAt(line, place.token).at(-1) ?? place.token) + 1 };
}

function insertOf(
  action: Extract<Action, { kind: 'insert' | 'letter' }>,
  pages: readonly PageLines[],
  line: readonly EditedToken[],
  place: SymbolPlace,
): Command {
  const at = behind(line, place);
  if (action.kind === 'insert' && action.what === 'bar')
    return { kind: 'insert', place: at, symbol: plainToken('barline') };
  // New notes and rests are as long as the one before them.
  const before = line.slice(0, at.token).findLast(isTimed);
  const value = before ? printedValue(before) : 'quarter';
  const more = { tuplet: before?.tuplet ?? 'none', voice: before?.voice ?? '1' };
  if (action.kind === 'insert' && action.what === 'rest')
    return { kind: 'insert', place: at, symbol: { ...plainToken(`rest-${value}`), ...more } };
  const near = pitchNear(line, at.token, clefAt(pages, at));
  const pitch = action.kind === 'letter' ? nearest(near, action.letter) : near;
  return {
    kind: 'insert',
    place: at,
    symbol: { ...plainToken(`note-${value}`), pitch, lift: 'none', ...more },
  };
}

/** Another head for the chord of the symbol: of a letter, or a third above. */
function headOf(
  line: readonly EditedToken[],
  place: SymbolPlace,
  letter: string | undefined,
): Command | null {
  const token = line[place.token];
  if (!token || !isNote(token)) return null;
  const { rhythm, tuplet, voice } = token;
  const third = 'CDEFGAB'.charAt(('CDEFGAB'.indexOf(token.pitch.charAt(0)) + 2) % 7);
  const pitch = nearest(token.pitch, letter ?? third);
  const taken = membersAt(line, place.token).some((i) => line[i]?.pitch === pitch);
  if (taken) return null;
  return {
    kind: 'join',
    place,
    symbol: { ...plainToken(rhythm), pitch, lift: 'none', tuplet, voice },
  };
}

/** The fix that was done last and what the symbol that it was done to had been read as. */
export type LastFix = { fix: Fix; read: Token };

/** Of the commands done on pages, given what the pages were before each. */
export function lastFix(
  commands: readonly Command[],
  before: (index: number) => readonly PageLines[],
): LastFix | null {
  for (let i = commands.length - 1; i >= 0; i--) {
    const command = commands[i];
    if (command?.kind !== 'fix') continue;
    const [place] = command.places;
    const token = place && lineAt(before(i), place)?.[place.token];
    const read = token && asReadOf(token);
    if (read) return { fix: command.fix, read };
  }
  return null;
}
