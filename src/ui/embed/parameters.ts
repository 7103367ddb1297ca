/** What an embedded page can be told by its address: one table, read by the page and by the element that builds it. */
import { BACKENDS } from '../../inference/engine/choose.ts';
import { LANGUAGES, type Language } from '../language.ts';
import { NOTE_NAMINGS, type NoteNaming } from '../note-names.ts';
import { THEMES, type Theme } from '../theme.ts';

/** What can be left out of the room that reads. */
export const READ_PARTS = ['photo', 'score', 'samples', 'save', 'status', 'link'] as const;
export type ReadPart = (typeof READ_PARTS)[number];

type Parameter<T> = { otherwise: T; parse: (text: string) => T | null };

function one<const T extends string>(...values: readonly T[]) {
  return (text: string): T | null => values.find((value) => value === text) ?? null;
}

/** A list with commas; names that mean nothing are passed over. */
function some<const T extends string>(...values: readonly T[]) {
  return (text: string): readonly T[] => {
    const names = text.split(',').map((name) => name.trim());
    return values.filter((value) => names.includes(value));
  };
}

const NOTHING: readonly ReadPart[] = [];

const TABLE = {
  /** A file of the samples that are shipped; it is opened at once. */
  example: { otherwise: null, parse: (text) => (/^[\w-]+\.(jpe?g|png)$/.test(text) ? text : null) },
  lang: { otherwise: 'auto', parse: one('auto', ...LANGUAGES) },
  notes: { otherwise: 'auto', parse: one('auto', ...NOTE_NAMINGS) },
  theme: { otherwise: 'system', parse: one(...THEMES) },
  hide: { otherwise: NOTHING, parse: some(...READ_PARTS) },
  backend: { otherwise: 'auto', parse: one('auto', ...BACKENDS) },
} satisfies {
  example: Parameter<string | null>;
  lang: Parameter<Language | 'auto'>;
  notes: Parameter<NoteNaming | 'auto'>;
  theme: Parameter<Theme>;
  hide: Parameter<readonly ReadPart[]>;
  backend: Parameter<'auto' | (typeof BACKENDS)[number]>;
};

type Table = typeof TABLE;
export type ParameterName = keyof Table;
export type Parameters = {
  [K in ParameterName]: NonNullable<ReturnType<Table[K]['parse']>> | Table[K]['otherwise'];
};

export const PARAMETER_NAMES = Object.keys(TABLE) as ParameterName[];

/** The parameters of an address's query; what is missing or makes no sense is as if it had not been said. */
export function readParameters(query: string): Parameters {
  const said = new URLSearchParams(query);
  const read = (name: ParameterName) => {
    const text = said.get(name);
    return (text === null ? null : TABLE[name].parse(text)) ?? TABLE[name].otherwise;
  };
  return Object.fromEntries(PARAMETER_NAMES.map((name) => [name, read(name)])) as Parameters;
}
