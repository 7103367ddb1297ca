import type { Words } from '../../words.ts';

export const problems: Words['problems'] = {
  empty_file: () => ({
    title: 'Diese Datei ist leer.',
    advice: 'Wähle das Foto noch einmal; kommt es aus einer Cloud, lass es zuerst herunterladen.',
  }),
  not_a_picture: (name) => ({
    title: name ? `„${name}“ ist kein Bild, was auch der Name sagt.` : 'Diese Datei ist kein Bild.',
    advice: 'Wähle ein Foto einer Notenseite als JPEG, PNG oder WebP.',
  }),
  pdf: () => ({
    title: 'Das ist ein PDF, und PDFs werden hier nicht gelesen.',
    advice:
      'Im Lesezimmer lassen sich seine Seiten wählen. Anderswo zeichne sie zuerst als Bilder, etwa mit „pdftoppm -r 300 -png“.',
  }),
  broken_pdf: (name) => ({
    title: `„${name}“ heißt wie ein PDF, ist aber keines.`,
    advice: 'Wähle ein Foto einer Notenseite als JPEG, PNG oder WebP.',
  }),
  animated: () => ({
    title: 'Dieses Bild bewegt sich; Noten werden von einem stehenden gelesen.',
    advice: 'Sichere ein Einzelbild daraus als PNG oder JPEG und öffne das.',
  }),
  truncated: () => ({
    title: 'Dieses Bild bricht vor seinem Ende ab.',
    advice: 'Wahrscheinlich wurde das Laden oder Kopieren unterbrochen: Hole die Datei noch einmal.',
  }),
  too_many_pixels: (megapixels) => ({
    title: `Dieses Bild hat ${megapixels} Megapixel; höchstens 100 lassen sich öffnen.`,
    advice: 'Sichere es kleiner. Zwölf Megapixel genügen für eine Seite.',
  }),
  too_small: (size) => ({
    title: `Dieses Bild hat nur ${size} Pixel.`,
    advice:
      'Eine Notenzeile braucht einige hundert Pixel Breite: Fotografiere näher, oder nimm das Original statt einer Vorschau.',
  }),
  unsupported_format: (format) => ({
    title: `Bilder der Art ${format.toUpperCase()} lassen sich hier nicht öffnen.`,
    advice:
      'Sichere es als JPEG oder PNG. Auf einem iPhone macht Einstellungen → Kamera → Formate → Maximale Kompatibilität JPEGs.',
  }),
  undecodable: () => ({
    title: 'Dieses Bild ist beschädigt und lässt sich nicht öffnen.',
    advice: 'Öffne es in einem anderen Programm und sichere es neu als JPEG oder PNG, oder fotografiere neu.',
  }),
  not_music: () => ({
    title: 'Auf diesem Foto wurden keine Notenzeilen mit fünf Linien gefunden.',
    advice:
      'Halte das Telefon flach über die Seite, fülle das Bild und achte darauf, dass die Linien scharf und gleichmäßig beleuchtet sind.',
  }),
  cancelled: () => ({
    title: 'Das Lesen wurde angehalten.',
    advice: 'Öffne das Foto noch einmal, um von vorn zu beginnen.',
  }),
  device_lost: () => ({
    title: 'Der Grafikprozessor ist beim Lesen ausgefallen.',
    advice: 'Versuche es noch einmal; mit ?backend=wasm in der Adresse geht es ohne ihn.',
  }),
  engine_failed: () => ({
    title: 'Der Leser hat mit einem Fehler angehalten.',
    advice:
      'Versuche es noch einmal. Geschieht es bei diesem Foto jedes Mal, kopiere den Bericht und schicke ihn uns.',
  }),
  weights_missing: () => ({
    title: 'Die Gewichte des Lesers ließen sich nicht herunterladen.',
    advice: 'Prüfe die Verbindung und versuche es noch einmal.',
  }),
  offline: () => ({
    title: 'Es gibt keine Verbindung, und die Gewichte des Lesers sind noch nicht auf diesem Gerät.',
    advice: 'Verbinde dich einmal und lies irgendeine Seite; von da an geht das Lesen auch ohne Verbindung.',
  }),
  weights_damaged: () => ({
    title: 'Die Gewichte des Lesers kamen beschädigt an und wurden weggeworfen.',
    advice: 'Versuche es noch einmal, um sie neu zu holen.',
  }),
  out_of_memory: () => ({
    title: 'Für dieses Foto reichte der Speicher nicht.',
    advice: 'Schließe andere Tabs, oder öffne eine kleinere Fassung des Fotos.',
  }),
  busy: () => ({
    title: 'Eine andere Seite wird noch gelesen.',
    advice: 'Warte darauf, oder halte sie zuerst an.',
  }),
  worker_lost: () => ({
    title: 'Der Leser antwortete nicht mehr und wurde neu gestartet.',
    advice: 'Versuche es noch einmal; war der Speicher knapp, hilft vielleicht ein kleineres Foto.',
  }),
};

/** What the engine says about its backend, sentence by sentence; what is not among it is said as it is. */
const REASONS: readonly (readonly [english: string, german: string])[] = [
  [
    'This machine has a GPU that WebGPU can use.',
    'Dieses Gerät hat einen Grafikprozessor, den WebGPU nutzen kann.',
  ],
  ['WebGPU is only imitated in software here', 'WebGPU ist hier nur in Software nachgeahmt'],
  ['There is no WebGPU here', 'Hier gibt es kein WebGPU'],
  [', so WebAssembly does the work.', ', also rechnet WebAssembly.'],
  [
    ' and no WebAssembly with SIMD, so plain JavaScript does the work, slowly.',
    ' und kein WebAssembly mit SIMD, also rechnet JavaScript, langsam.',
  ],
  [', so plain JavaScript does the work, slowly.', ', also rechnet JavaScript, langsam.'],
  ['Plain JavaScript was asked for', 'JavaScript was asked for'],
  [' was asked for but is missing.', ' war verlangt, fehlt aber.'],
  [' was asked for.', ' war verlangt.'],
  [' did not start (', ' ließ sich nicht starten ('],
];

export const read: Words['read'] = {
  title: 'Lesen',
  target: {
    title: 'Eine Seite fotografieren, ablegen oder einfügen',
    camera: 'Foto aufnehmen',
    file: 'Bild oder PDF wählen',
    drop: 'Loslassen, um zu lesen',
  },
  samples: {
    title: 'Oder eine von unseren',
    note: 'Gesetzt und dann von unserer eigenen nachgeahmten Kamera verdorben',
    names: {
      'bass-line.jpg': {
        title: 'Bassstimme eines Lieds',
        alt: 'Vier Zeilen im Bassschlüssel, auf einem Tisch fotografiert',
      },
      'song.jpg': {
        title: 'Lied mit Klavier',
        alt: 'Drei Akkoladen für Gesang und Klavier, mit einem Schatten über der Seite',
      },
    },
  },
  privacy: 'Das Foto bleibt auf diesem Gerät. Gelesen wird hier, in der Seite.',
  limits:
    'Gelesen werden: Noten, Pausen, Schlüssel, Tonarten, Taktarten, Vorzeichen, Haltebögen, Bindebögen, Triolen und ihresgleichen, Vorschläge. Noch nicht: Liedtext, Dynamik, Oktavlinien, Tabulatur, Handschrift.',
  another: 'Neues Foto',
  stop: 'Anhalten',
  again: 'Noch einmal',
  dismiss: 'Schließen',
  kept: 'Die zuvor gelesene Seite ist noch hier.',
  nothingKept: 'Nichts wurde verändert.',
  stages: {
    label: 'Schritte des Lesens',
    photo: 'Foto',
    geometry: 'Zeilen',
    draft: 'Entwurf',
    reading: 'Lesen',
    score: 'Satz',
    done: 'fertig',
    now: 'jetzt',
  },
  weights: (done, total) => `Der Leser wird geholt, ${done} von ${total} MB`,
  checking: 'Die Gewichte des Lesers werden geprüft',
  elapsed: 'Vergangene Zeit',
  seconds: (seconds) => `${seconds} s`,
  staves: (count) => (count === 1 ? '1 Notenzeile' : `${count} Notenzeilen`),
  symbols: (count) => (count === 1 ? '1 Symbol' : `${count} Symbole`),
  ready: (staves, symbols, seconds) => `${staves}, ${symbols}, gelesen in ${seconds} s`,
  backend: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' },
  reason: (english) => REASONS.reduce((text, [from, to]) => text.replace(from, to), english),
  photo: {
    label: 'Foto',
    symbols: 'Symbole auf dem Foto',
    hint: 'Pfeiltasten gehen von Symbol zu Symbol und von Zeile zu Zeile',
    zoomIn: 'Näher',
    zoomOut: 'Weiter weg',
    fit: 'Ganze Seite',
    fade: 'Foto unter den Symbolen blasser',
    image: (name) => `Foto von ${name}`,
    staff: (number) => `Notenzeile ${number}`,
  },
  score: {
    label: 'Notensatz',
    waiting: 'Der Notensatz erscheint hier, sobald die Seite gelesen ist.',
    engraving: 'Wird gesetzt',
    failed: 'Die Noten ließen sich nicht setzen; die Symbole auf dem Foto und das Sichern gibt es trotzdem.',
    system: (number) => `Zeile ${number} des Notensatzes`,
    limits:
      'Nicht gelesen, also nicht hier: Liedtext, Dynamik, Oktavlinien (8va, 8vb), Tabulatur, Handschrift.',
  },
  octave: {
    label: 'Oktavlinien',
    sign: (side) => (side === 'above' ? '8va: nicht gelesen' : '8vb: nicht gelesen'),
    seen: (side, staff, page, pages) => {
      const where = `${side === 'above' ? 'über' : 'unter'} Notenzeile ${staff}${pages > 1 ? ` von Seite ${page}` : ''}`;
      return side === 'above'
        ? `Eine Oktavlinie steht ${where}: Die Noten darunter sind hier eine Oktave zu tief.`
        : `Eine Oktavlinie steht ${where}: Die Noten darüber sind hier eine Oktave zu hoch.`;
    },
    show: 'Zeigen',
  },
  grip: 'Anteil des Fotos am Bildschirm',
  selected: {
    label: 'Gewähltes Symbol',
    sure: (percent) => `${percent} sicher`,
    else: 'Was es sonst sein könnte',
    certain: 'Nichts anderes kommt in Frage.',
    previous: 'Voriges Symbol',
    next: 'Nächstes Symbol',
    close: 'Schließen',
    draft: 'Entwurf: Der Leser hat es noch nicht bestätigt.',
    staff: (number) => `Notenzeile ${number}`,
    bar: (number) => `Takt ${number}`,
  },
  confidence: { label: 'Sicherheit', sure: 'sicher', unsure: 'unsicher', doubt: 'zweifelhaft' },
  untitled: 'Seite ohne Namen',
};
