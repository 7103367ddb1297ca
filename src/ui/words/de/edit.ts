import type { Words } from '../../words.ts';

const FRACTIONS: Record<number, string> = {
  1: 'Ganze',
  2: 'Halbe',
  4: 'Viertel',
  8: 'Achtel',
  16: 'Sechzehntel',
  32: 'Zweiunddreißigstel',
  64: 'Vierundsechzigstel',
};
/** Notes of a tuplet by the odd part of their fraction, and how many there are in the time of how many plain ones. */
const TUPLETS: Record<number, [name: string, plain: number]> = {
  3: ['Triolen', 2],
  5: ['Quintolen', 4],
  7: ['Septolen', 4],
};

/** “1 Achtel”, “3 Viertel”, “1 Triolen-Sechzehntel”; of a fraction of a whole note above zero. */
function lengthWords(n: number, d: number): string {
  const odd = [3, 5, 7].find((factor) => d % factor === 0) ?? 1;
  const [tuplet = '', plain = 1] = TUPLETS[odd] ?? [];
  const name = FRACTIONS[(d / odd) * plain];
  if (!name) return `${n}/${d} einer Ganzen`;
  return `${n} ${tuplet ? `${tuplet}-` : ''}${name}`;
}

export const edit: Words['edit'] = {
  label: 'Gewähltes Symbol verbessern',
  higher: 'Höher',
  lower: 'Tiefer',
  octaveHigher: 'Oktave höher',
  octaveLower: 'Oktave tiefer',
  sharp: 'Kreuz',
  flat: 'Be',
  natural: 'Auflösungszeichen',
  length: 'Dauer',
  dot: 'Punkt',
  tie: 'Haltebogen zur nächsten',
  rest: 'Zur Pause machen',
  voice: 'Andere Stimme',
  right: 'Stimmt so',
  remove: 'Löschen',
  undo: 'Rückgängig',
  redo: 'Wiederherstellen',
  undone: 'Rückgängig gemacht',
  redone: 'Wiederhergestellt',
  more: 'Mehr',
  moreGroups: { lift: 'Vorzeichen', mark: 'Zeichen', slur: 'Bogen', tuplet: 'Gruppe', grace: 'Art der Note' },
  plainNote: 'volle Note',
  insert: 'Einfügen',
  insertAfter: {
    note: 'Note danach',
    head: 'Note in diesem Akkord',
    rest: 'Pause danach',
    bar: 'Taktstrich danach',
    sign: 'Schlüssel, Tonart oder Taktart …',
  },
  again: 'Noch einmal',
  againNote: 'An diesem Symbol tun, was zuletzt getan wurde',
  alike: (count) => `Alle gleichen: ${count}`,
  alikeNote: 'Dasselbe an allen Symbolen tun, die wie das zuletzt verbesserte gelesen wurden',
  alikeDone: (count) => (count === 1 ? '1 Symbol geändert' : `${count} Symbole geändert`),
  corrected: 'von dir verbessert',
  added: 'von dir eingefügt',
  asRead: 'wie gelesen',
  fills: 'füllt den Takt',
  help: 'Tasten',
  sign: {
    title: 'Schlüssel, Tonart oder Taktart ab hier',
    kind: 'Was sich ändert',
    kinds: { 'clef-': 'Schlüssel', 'keySignature-': 'Tonart', 'timeSignature-': 'Taktart' },
    value: 'Wird zu',
    reach: 'Wie weit',
    reaches: {
      bar: 'nur dieser Takt',
      line: 'bis zum Ende der Zeile',
      change: 'bis zum nächsten Wechsel',
      end: 'bis zum Ende des Stücks',
    },
    staves: 'Wo',
    stavesOf: { one: 'diese Notenzeile', all: 'alle Notenzeilen der Akkolade' },
    keep: 'Noten bleiben auf ihrem Platz und klingen, wie der neue Schlüssel es sagt.',
    apply: 'Ändern',
    cancel: 'Abbrechen',
  },
  check: {
    none: 'Nichts zu prüfen',
    bars: (count) => (count === 1 ? '1 Takt' : `${count} Takte`),
    symbols: (count) => (count === 1 ? '1 Symbol' : `${count} Symbole`),
    count: (parts) => `${parts.join(', ')} zu prüfen`,
    next: 'Nächste Stelle',
    short: (n, d) => `${lengthWords(n, d)} zu wenig`,
    long: (n, d) => `${lengthWords(n, d)} zu viel`,
    clash: 'Stimmen überlappen',
    missing: 'hier fehlt ein Takt',
    sign: (what) => `Geht nicht auf: ${what}`,
  },
  keys: {
    title: 'Tasten zum Verbessern',
    close: 'Schließen',
    rows: [
      { keys: ['←', '→'], text: 'voriges und nächstes Symbol; mit Strg taktweise' },
      {
        keys: ['↑', '↓'],
        text: 'eine Stufe höher oder tiefer; mit Strg eine Oktave; andere Symbole: zeilenweise',
      },
      { keys: ['Bild ↑', 'Bild ↓'], text: 'zeilenweise' },
      { keys: ['1', '…', '9'], text: 'wählen, was es sonst sein könnte' },
      {
        keys: ['A', '…', 'H'],
        text: 'zu dieser Note machen oder eine einfügen; mit Umschalt in den Akkord',
      },
      { keys: ['+', '−', '='], text: 'höher, tiefer, auflösen' },
      { keys: ['Q', 'W'], text: 'halb so lang, doppelt so lang' },
      { keys: ['.'], text: 'Punkt' },
      { keys: ['T'], text: 'Haltebogen zur nächsten Note' },
      { keys: ['V'], text: 'andere Stimme' },
      { keys: ['R'], text: 'zur Pause machen' },
      { keys: ['I'], text: 'Note danach einfügen; mit Umschalt eine Pause' },
      { keys: ['|'], text: 'Taktstrich danach einfügen' },
      { keys: ['K'], text: 'Schlüssel, Tonart oder Taktart ab hier ändern' },
      { keys: ['Entf'], text: 'löschen' },
      { keys: ['S'], text: 'noch einmal; mit Umschalt an allen gleichen' },
      { keys: ['Enter'], text: 'stimmt so, und weiter zur nächsten Stelle' },
      { keys: ['N'], text: 'nächste Stelle zum Prüfen' },
      { keys: ['Strg Z', 'Strg Umschalt Z'], text: 'rückgängig, wiederherstellen' },
      { keys: ['X', 'Z', '0'], text: 'Foto näher, weiter weg, ganze Seite' },
      { keys: ['Esc'], text: 'nichts auswählen' },
      { keys: ['Leertaste'], text: 'spielen, anhalten' },
      { keys: ['?'], text: 'diese Liste' },
    ],
  },
  pieces: {
    title: 'Auf diesem Gerät',
    back: 'Alle Stücke',
    name: 'Name des Stücks',
    pages: (count) => (count === 1 ? '1 Seite' : `${count} Seiten`),
    edits: (count) => (count === 1 ? '1 Verbesserung' : `${count} Verbesserungen`),
    actions: (name) => `Mehr zu ${name}`,
    rename: 'Umbenennen',
    remove: 'Löschen',
    removeAll: 'Alle löschen',
    exportAll: 'Alle ausführen',
    importAll: 'Einlesen',
    more: 'Alle Stücke',
    save: 'Name sichern',
    confirmRemove: (name) => `„${name}“ von diesem Gerät löschen?`,
    confirmRemoveAll: (count) =>
      count === 1
        ? 'Das eine Stück auf diesem Gerät löschen?'
        : `Alle ${count} Stücke auf diesem Gerät löschen?`,
    confirmNote: 'Foto, Symbole und Verbesserungen gehen verloren. Das lässt sich nicht rückgängig machen.',
    cancel: 'Abbrechen',
    imported: (count) => (count === 1 ? '1 Stück eingelesen' : `${count} Stücke eingelesen`),
    notImported: 'In dieser Datei sind keine Stücke. Wähle eine, die „Alle ausführen“ geschrieben hat.',
    notExported: 'Die Stücke ließen sich nicht in eine Datei schreiben. Sie sind noch hier.',
    notRemoved: 'Das ließ sich nicht löschen: Der Browser gibt seinen Speicher nicht frei.',
    notKept: {
      blocked:
        'Dieser Browser behält nichts von dieser Seite; Stücke bleiben nur, bis sie geschlossen wird. Sichere die Noten vorher.',
      full: 'Für dieses Stück ist auf dem Gerät kein Platz mehr. Es bleibt, bis die Seite geschlossen wird: Lösche andere Stücke oder sichere die Noten jetzt.',
    },
  },
};
