import { fifthsOf } from './key.ts';
import { timeParts } from './metre.ts';
import { element, textElement, type Xml } from './xml.ts';

/** What changes at one place of a part. Staves are counted from 1. */
export interface AttributeChanges {
  divisions?: number;
  keys: { staff: number; name: string }[];
  time?: { name: string; shown: boolean };
  /** Number of staves of the part, told once. */
  staves?: number;
  clefs: { staff: number; name: string }[];
  /** Bars of a multi-bar rest that begins here. */
  multipleRest?: number;
}

/** The `<attributes>` element, its children in the schema's order; undefined if nothing changes. */
export function attributesElement(changes: AttributeChanges, staffCount: number): Xml | undefined {
  const number = (staff: number) => (staffCount > 1 ? { number: staff } : {});
  const { divisions, time, staves, multipleRest } = changes;
  const children = [
    divisions === undefined ? undefined : textElement('divisions', divisions),
    ...keyElements(changes.keys, staffCount),
    time && timeElement(time),
    staves === undefined || staves < 2 ? undefined : textElement('staves', staves),
    ...changes.clefs.map(({ staff, name }) => clefElement(name, number(staff))),
    multipleRest === undefined
      ? undefined
      : element('measure-style', {}, textElement('multiple-rest', multipleRest)),
  ].filter((child) => child !== undefined);
  return children.length > 0 ? element('attributes', {}, children) : undefined;
}

/** One key for all staves where they agree, else one for each staff. */
function keyElements(keys: AttributeChanges['keys'], staffCount: number): Xml[] {
  const [first] = keys;
  if (!first) return [];
  const agree = keys.length === staffCount && keys.every(({ name }) => name === first.name);
  const shown = agree ? [first] : keys;
  return shown.map(({ staff, name }) =>
    element('key', agree || staffCount === 1 ? {} : { number: staff }, textElement('fifths', fifthsOf(name))),
  );
}

function timeElement({ name, shown }: { name: string; shown: boolean }): Xml {
  const { beats, unit } = timeParts(name);
  const symbol: Record<string, string> =
    name === 'C' ? { symbol: 'common' } : name === 'C/' ? { symbol: 'cut' } : {};
  return element(
    'time',
    { ...symbol, ...(shown ? {} : { 'print-object': 'no' }) },
    textElement('beats', beats),
    textElement('beat-type', unit),
  );
}

function clefElement(name: string, attributes: Record<string, number>): Xml {
  const [, sign = 'percussion', line, octave] = /^clef-([GFC])(\d)(?:-(8va|8vb))?$/.exec(name) ?? [];
  return element(
    'clef',
    attributes,
    textElement('sign', sign),
    line === undefined ? undefined : textElement('line', line),
    octave === undefined ? undefined : textElement('clef-octave-change', octave === '8va' ? 1 : -1),
  );
}
