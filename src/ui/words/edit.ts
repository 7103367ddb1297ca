/** Correcting what was read, bars to check, and the shelf of pieces. */
import { unitOf } from './unit.ts';

const FRACTIONS: Record<number, [one: string, many: string]> = {
  1: ['whole note', 'whole notes'],
  2: ['half', 'halves'],
  4: ['quarter', 'quarters'],
  8: ['eighth', 'eighths'],
  16: ['sixteenth', 'sixteenths'],
  32: ['thirty-second', 'thirty-seconds'],
  64: ['sixty-fourth', 'sixty-fourths'],
};
const TUPLETS: Record<number, string> = { 3: 'triplet', 5: 'quintuplet', 7: 'septuplet' };
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** “one eighth”, “three quarters”, “one triplet sixteenth”; of a fraction of a whole note above zero. */
function lengthWords(n: number, d: number): string {
  const { printed, tuplet } = unitOf(d);
  const names = FRACTIONS[printed];
  if (!names) return `${n}/${d} of a whole note`;
  return [COUNTS[n] ?? n, TUPLETS[tuplet], names[n === 1 ? 0 : 1]]
    .filter((word) => word !== undefined)
    .join(' ');
}

export const edit = {
  label: 'Correct the selected symbol',
  higher: 'Higher',
  lower: 'Lower',
  octaveHigher: 'Octave higher',
  octaveLower: 'Octave lower',
  sharp: 'Sharp',
  flat: 'Flat',
  natural: 'Natural',
  length: 'Length',
  dot: 'Dot',
  tie: 'Tie to the next',
  rest: 'Turn into a rest',
  voice: 'Other voice',
  right: 'Right as it is',
  remove: 'Delete',
  undo: 'Undo',
  redo: 'Redo',
  undone: 'Undone',
  redone: 'Done again',
  more: 'More',
  moreGroups: { lift: 'Accidental', mark: 'Mark', slur: 'Slur', tuplet: 'Tuplet', grace: 'Kind of note' },
  plainNote: 'full note',
  insert: 'Insert',
  insertAfter: {
    note: 'Note after this',
    head: 'Note in this chord',
    rest: 'Rest after this',
    bar: 'Bar line after this',
    sign: 'Clef, key or metre…',
  },
  again: 'Same again',
  againNote: 'Do to this symbol what you did last',
  alike: (count: number) => `All alike: ${count}`,
  alikeNote: 'Do the same to every symbol that was read like the one you corrected last',
  alikeDone: (count: number) => (count === 1 ? '1 symbol changed' : `${count} symbols changed`),
  corrected: 'corrected by you',
  added: 'added by you',
  asRead: 'as read',
  fills: 'fills the bar',
  help: 'Keys',
  sign: {
    title: 'Clef, key or metre from here',
    kind: 'What changes',
    kinds: { 'clef-': 'Clef', 'keySignature-': 'Key', 'timeSignature-': 'Metre' },
    value: 'To',
    reach: 'How far',
    reaches: {
      bar: 'this bar only',
      line: 'to the end of the line',
      change: 'to the next change',
      end: 'to the end of the piece',
    },
    staves: 'Where',
    stavesOf: { one: 'this staff', all: 'all staves of the system' },
    keep: 'Notes stay at their places on the staff, and so sound as the new clef says.',
    apply: 'Change',
    cancel: 'Cancel',
  },
  check: {
    none: 'Nothing to check',
    bars: (count: number) => (count === 1 ? '1 bar' : `${count} bars`),
    symbols: (count: number) => (count === 1 ? '1 symbol' : `${count} symbols`),
    count: (parts: readonly string[]) => `${parts.join(', ')} to check`,
    next: 'Next to check',
    short: (n: number, d: number) => `${lengthWords(n, d)} short`,
    long: (n: number, d: number) => `${lengthWords(n, d)} too long`,
    clash: 'voices overlap',
    missing: 'a bar is missing here',
    sign: (what: string) => `Does not add up: ${what}`,
  },
  keys: {
    title: 'Keys for correcting',
    close: 'Close',
    rows: [
      { keys: ['←', '→'], text: 'previous and next symbol; with Ctrl, bar by bar' },
      {
        keys: ['↑', '↓'],
        text: 'a note higher or lower; with Ctrl, an octave; other symbols: staff by staff',
      },
      { keys: ['Page ↑', 'Page ↓'], text: 'staff by staff' },
      { keys: ['1', '…', '9'], text: 'choose what else it might be' },
      { keys: ['A', '…', 'G'], text: 'make it this note, or insert one; with Shift, add it to the chord' },
      { keys: ['+', '−', '='], text: 'sharper, flatter, natural' },
      { keys: ['Q', 'W'], text: 'half as long, twice as long' },
      { keys: ['.'], text: 'dot' },
      { keys: ['T'], text: 'tie to the next note' },
      { keys: ['V'], text: 'other voice' },
      { keys: ['R'], text: 'turn into a rest' },
      { keys: ['I'], text: 'insert a note after it; with Shift, a rest' },
      { keys: ['|'], text: 'insert a bar line after it' },
      { keys: ['K'], text: 'change clef, key or metre from here' },
      { keys: ['Delete'], text: 'delete' },
      { keys: ['S'], text: 'same again; with Shift, to all alike' },
      { keys: ['Enter'], text: 'right as it is, and on to the next to check' },
      { keys: ['N'], text: 'next to check' },
      { keys: ['Ctrl Z', 'Ctrl Shift Z'], text: 'undo, redo' },
      { keys: ['X', 'Z', '0'], text: 'photo closer, further, whole page' },
      { keys: ['Esc'], text: 'select nothing' },
      { keys: ['Space'], text: 'play, pause' },
      { keys: ['?'], text: 'this list' },
    ],
  },
  pieces: {
    title: 'On this device',
    back: 'All pieces',
    name: 'Name of the piece',
    pages: (count: number) => (count === 1 ? '1 page' : `${count} pages`),
    edits: (count: number) => (count === 1 ? '1 correction' : `${count} corrections`),
    actions: (name: string) => `More for ${name}`,
    rename: 'Rename',
    remove: 'Delete',
    removeAll: 'Delete all',
    exportAll: 'Export all',
    importAll: 'Import',
    importFirst: 'Import pieces from another device',
    more: 'All pieces',
    save: 'Save name',
    confirmRemove: (name: string) => `Delete “${name}” from this device?`,
    confirmRemoveAll: (count: number) =>
      count === 1 ? 'Delete the one piece on this device?' : `Delete all ${count} pieces on this device?`,
    confirmNote: 'Photo, symbols and corrections go. This cannot be undone.',
    cancel: 'Cancel',
    imported: (count: number) => (count === 1 ? '1 piece imported' : `${count} pieces imported`),
    notImported: 'This file holds no pieces. Choose a file that “Export all” wrote.',
    notExported: 'The pieces could not be written into a file. They are still here.',
    notRemoved: 'This could not be deleted: the browser refuses its storage.',
    notKept: {
      blocked:
        'This browser keeps nothing for this site, so pieces last only until you close the page. Save the score before you leave.',
      full: 'There is no room left for this piece on the device. It lasts until you close the page: delete other pieces, or save the score now.',
    },
  },
};
