import type { Words } from '../../words.ts';

export const app: Words['app'] = {
  name: 'Scoreline',
  skip: 'Zum Inhalt',
  rooms: 'Zimmer',
  titles: { home: 'Scoreline', read: 'Lesen · Scoreline', rank: 'Rank · Scoreline' },
  home: 'Anfang',
  read: 'Lesen',
  rank: 'Rank',
  noScript: 'Scoreline arbeitet in der Seite selbst und braucht dafür JavaScript.',
  settings: {
    label: 'Einstellungen',
    theme: { label: 'Farben', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    noteNames: {
      label: 'Notennamen',
      auto: (naming) => `Wie hier üblich: ${naming}`,
      letters: 'C D E F G A B',
      german: 'C D E F G A H',
      syllables: 'do re mi fa sol la si',
    },
    language: { label: 'Sprache', auto: 'Wie der Browser' },
  },
  broken: {
    title: 'Dieser Teil der Seite hat mit einem Fehler angehalten.',
    nothingKept: 'Was auf diesem Gerät gesichert ist, bleibt unberührt.',
    notArrived: 'Ein Teil des Programms kam nicht an; was auf diesem Gerät gesichert ist, bleibt unberührt.',
    advice: 'Zeige ihn noch einmal; hält er wieder an, lade die Seite neu und schicke uns den Bericht.',
    again: 'Noch einmal zeigen',
    reload: 'Seite neu laden',
  },
  report: {
    copy: 'Bericht kopieren',
    copied: 'Bericht kopiert',
    shown: 'Der Bericht, von Hand zu kopieren; kein Bild ist darin',
  },
  framed: {
    text: 'Diese Seite öffnet sich nicht innerhalb einer anderen.',
    open: 'Scoreline in einem eigenen Tab öffnen',
  },
};

export const home: Words['home'] = {
  title: 'Eine Notenseite fotografieren und als Partitur mitnehmen. Oder sehen, wie Anzeigen gereiht werden.',
  lead: 'Beides geschieht in dieser Seite: kein Server, kein Konto, und nichts, was du hier öffnest, verlässt dein Gerät.',
  readDoor: {
    title: 'Lesen',
    text: 'Aus einem Foto werden Symbole und ein Notensatz: anhören, verbessern, als MusicXML oder MIDI sichern.',
    open: 'Ins Lesezimmer',
  },
  strip: {
    open: 'Zusehen, wie diese Seite gelesen wird',
    caption:
      'Von diesem Programm gelesen, als die Seite gebaut wurde, von einem Blatt, das unsere nachgeahmte Kamera verdorben hat.',
    alt: 'Eine fotografierte Notenzeile, darunter dieselbe, gesetzt aus dem, was der Leser erkannt hat',
  },
  rankDoor: {
    title: 'Rank (auf Englisch)',
    text: 'Ein Laboratorium für zwei Systeme, die Anzeigen reihen, auf einem nachgeahmten Dienst: ein großes Modell lehrt kleine, während die Welt sich ändert, und eine erste Auswahl muss durchlassen, was die letzte nähme.',
    open: 'Ins Laboratorium',
  },
  funnel: {
    caption:
      'Von diesem Programm mit seinen eigenen Gewichten berechnet, als die Seite gebaut wurde, für Anfragen nachgeahmter Tage, die sie nicht kannten.',
    openRequest: 'In diese Anfrage hineinsehen',
    openRecall: 'An jedem Schnitt ansehen',
    switch: 'Destillation',
    alt: (candidates, cut, found) =>
      `Von ${candidates} Anzeigen lässt die erste Stufe ${cut} durch; ${found} der fünf, die die letzte Stufe an die Spitze stellt, sind darunter.`,
    recall: (cut) =>
      `dessen, was die letzte Stufe an die Spitze stellt, ist unter den ${cut} durchgelassenen`,
    interval: (low, high, requests) =>
      `Trefferquote am Schnitt, Mittel aus ${requests} Anfragen, 95-%-Intervall ${low} bis ${high} %; eine davon ist gezeichnet.`,
    stages: {
      candidates: (count) => `${count} geholt`,
      kept: (count) => `${count} behalten`,
      wanted: (count) => `${count} beste`,
      winner: (count) => `${count}`,
    },
  },
  factsTitle: 'Drei Tatsachen',
  facts: {
    measured: 'wie gemessen wurde',
    size: (megabytes) => ({
      figure: `${megabytes} MB`,
      text: 'Gewichte zum Lesen, einmal geholt, wenn du die erste Seite liest.',
    }),
    errors: (percent) => ({
      figure: `${percent} %`,
      text: 'der Symbole falsch gelesen auf Seiten, die ein Telefon fotografiert hat.',
    }),
    offline: {
      figure: 'Offline',
      text: 'Einmal geholt, geht alles ohne Verbindung. Keine Anfrage verlässt diese Seite, während du sie benutzt; ein Test in einem Browser wacht darüber.',
    },
  },
};

export const offline: Words['offline'] = {
  title: 'Auf diesem Gerät',
  shell: {
    ready: 'Diese Seite öffnet sich ohne Verbindung.',
    off: 'Dieser Browser behält keine Seiten für Stunden ohne Verbindung.',
    coming: 'Diese Seite wird sich ohne Verbindung öffnen, wenn sie noch einmal geöffnet wurde.',
  },
  models: {
    tromr: 'Der Notenleser',
    fm: 'Rank: Grundmodell',
    vm: 'Rank: seine Schüler',
    'early-stage': 'Rank: erste Stufe',
    'final-stage': 'Rank: letzte Stufe',
  },
  older: 'Gewichte früherer Fassungen',
  absent: (size) => `${size}, noch nicht hier`,
  partly: (done, total) => `${done} von ${total}`,
  here: (size) => `${size}, hier`,
  download: 'Laden',
  resume: 'Weiter',
  stop: 'Anhalten',
  remove: 'Löschen',
  removeNamed: (name) => `Löschen: ${name}`,
  downloadNamed: (name) => `Laden: ${name}`,
  resumeNamed: (name) => `Weiter: ${name}`,
  failed: 'Das Laden brach ab. Was angekommen ist, bleibt.',
  noStorage: 'Dieser Browser behält keine Daten dieser Seite; die Gewichte werden bei jedem Besuch geholt.',
  megabytes: (megabytes) => `${megabytes} MB`,
  used: (used, quota) => `${used} liegen insgesamt hier; der Browser erlaubt etwa ${quota}.`,
  update: {
    text: 'Eine neue Fassung dieser Seite ist da.',
    take: 'Jetzt benutzen',
    later: 'Später',
  },
};

export const embed: Words['embed'] = {
  newTab: 'öffnet sich in einem neuen Tab',
  errors: {
    notThisRoom: 'Dieses Zimmer liest keine Noten.',
    nothingLoaded: 'Die Seite ringsum hat keine Noten geladen, oder seither wurde etwas anderes geöffnet.',
  },
};
