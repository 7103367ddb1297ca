/** How what a symbol is becomes a phrase, whatever the language: which words there are, and in which order they stand. */
import type { Alternative } from '../../inference/tromr/reading.ts';
import { fifthsOf } from '../../notation/key.ts';
import type { Token } from '../../notation/token.ts';
import { type NoteNaming, noteName, type Signs } from '../note-names.ts';

type Branch = Alternative['branch'];

/** What a language calls the parts of a symbol. */
export type SymbolWords = {
  /** Symbols that have one name of their own, by their rhythm. */
  signs: Readonly<Record<string, string>>;
  /** `value` is a length without its dots, for example `quarter`. */
  note: (value: string, dots: number) => string;
  rest: (value: string, dots: number) => string;
  grace: (value: string, slashed: boolean) => string;
  restOfBars: (count: string) => string;
  clef: (name: string) => string;
  /** Sharps are positive, flats negative. */
  key: (fifths: number) => string;
  time: (metre: string) => string;
  signsOfPitch: Signs;
  onPitch: (pitch: string) => string;
  natural: string;
  accidental: (lift: string) => string;
  tuplet: (ratio: string) => string;
  mark: (mark: string) => string;
  slurs: Readonly<Record<string, string>>;
  tied: string;
  notTied: string;
  voices: { upper: string; lower: string };
  /** For a branch that says nothing. */
  none: { note: string; accidental: string; tuplet: string; mark: string; slur: string };
  /** Alternatives are told apart by what they would change. */
  branches: Readonly<Record<Branch, string>>;
};

/** The phrases of a language. */
export function symbolPhrases(say: SymbolWords) {
  const slur = (value: string) => say.slurs[value] ?? value;

  function rhythm(name: string): string {
    const sign = say.signs[name];
    if (sign) return sign;
    const dash = name.indexOf('-');
    const [family, value] = dash < 0 ? [name, ''] : [name.slice(0, dash), name.slice(dash + 1)];
    const dots = value.match(/\.+$/)?.[0].length ?? 0;
    const length = value.slice(0, value.length - dots);
    switch (family) {
      case 'note':
        return say.note(length, dots);
      case 'rest':
        return say.rest(length, dots);
      case 'gracenote':
        return say.grace(value.replace('-slashed', ''), value.endsWith('-slashed'));
      case 'multirest':
        return say.restOfBars(value);
      case 'clef':
        return say.clef(value);
      case 'keySignature':
        return say.key(fifthsOf(name));
      case 'timeSignature':
        return say.time(value);
      default:
        return name;
    }
  }

  /** `written` is a step and an octave, for example `F4`. */
  function pitch(written: string, naming: NoteNaming, alter = 0): string {
    const name = noteName(written.slice(0, 1), alter, naming, say.signsOfPitch);
    // “F4” is one word, “F sharp 4” and “fa 4” are several.
    return name.length === 1 ? `${name}${written.slice(1)}` : `${name} ${written.slice(1)}`;
  }

  /** For example “quarter note, F sharp 4, tied”. `alter` is the sounding alteration in semitones where it is known. */
  function symbol(token: Token, naming: NoteNaming, alter?: number): string {
    const parts = [rhythm(token.rhythm)];
    if (token.pitch !== 'nonote') parts.push(pitch(token.pitch, naming, alter ?? printedAlter(token.lift)));
    if (token.lift === 'N') parts.push(say.natural);
    if (token.tuplet !== 'none') parts.push(say.tuplet(token.tuplet));
    if (token.mark !== 'none') parts.push(say.mark(token.mark));
    if (token.tie === 'tie') parts.push(say.tied);
    if (token.slur !== 'none') parts.push(slur(token.slur));
    if (token.voice === '2') parts.push(say.voices.lower);
    return parts.join(', ');
  }

  /** What a branch would say instead, for example “eighth note” or “no accidental”. */
  function alternative({ branch, value }: Pick<Alternative, 'branch' | 'value'>, naming: NoteNaming): string {
    switch (branch) {
      case 'rhythm':
        return rhythm(value);
      case 'pitch':
        return value === 'nonote' ? say.none.note : say.onPitch(pitch(value, naming));
      case 'lift':
        if (value === 'nonote') return say.none.note;
        return value === 'none' ? say.none.accidental : say.accidental(value);
      case 'tuplet':
        return value === 'none' ? say.none.tuplet : say.tuplet(value);
      case 'mark':
        return value === 'none' ? say.none.mark : say.mark(value);
      case 'tie':
        return value === 'tie' ? say.tied : say.notTied;
      case 'slur':
        return value === 'none' ? say.none.slur : slur(value);
      case 'voice':
        return value === '2' ? say.voices.lower : say.voices.upper;
    }
  }

  return { symbol, alternative, rhythm, pitch, branches: say.branches };
}

function printedAlter(lift: string): number {
  return { '#': 1, '##': 2, b: -1, bb: -2 }[lift] ?? 0;
}
