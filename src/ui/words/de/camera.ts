import type { Words } from '../../words.ts';

export const camera: Words['camera'] = {
  title: 'Eine Seite fotografieren',
  retakeTitle: 'Diese Seite noch einmal fotografieren',
  asking: 'Warten auf die Kamera. Der Browser fragt, ob diese Seite sie benutzen darf.',
  live: 'Kamerabild',
  shoot: 'Foto aufnehmen',
  torch: 'Licht',
  close: 'Kamera schließen',
  done: (count) => (count === 1 ? 'Fertig, 1 Seite' : `Fertig, ${count} Seiten`),
  taken: (count) => (count === 1 ? '1 Seite aufgenommen' : `${count} Seiten aufgenommen`),
  failed: 'Das Foto ist nicht gelungen. Versuche es noch einmal.',
  hints: {
    looking: 'Die Kamera auf eine Seite richten',
    dark: 'Zu dunkel: mehr Licht, oder die Lampe einschalten',
    blurred: 'Unscharf: ruhig halten, oder die Linse abwischen',
    no_music: 'Noch keine Notenzeile zu sehen',
    far: 'Zu weit weg: näher, bis die Seite das Bild füllt',
    tilted: 'Schräg: das Telefon flach über die Seite halten',
    good: (staves) => `Gut: ${staves}`,
  },
  denied: {
    title: 'Diese Seite darf die Kamera nicht benutzen.',
    advice:
      'Um es zu erlauben: auf das Zeichen neben der Adresse tippen, die Berechtigungen dieser Seite wählen, die Kamera erlauben und es noch einmal versuchen. Oder das Foto mit der eigenen Kamera-App aufnehmen:',
  },
  framed: {
    title: 'Die Seite ringsum erlaubt dieser hier keine Kamera.',
    advice:
      'Öffne Scoreline über den Link unten in einem eigenen Tab, oder nimm das Foto mit der eigenen Kamera-App auf:',
  },
  missing: {
    title: 'Keine Kamera gefunden.',
    advice: 'Schließe eine an und versuche es noch einmal, oder wähle ein Bild, das anderswo entstanden ist:',
  },
  busy: {
    title: 'Die Kamera lässt sich jetzt nicht öffnen.',
    advice: 'Vielleicht benutzt sie ein anderes Programm. Schließe es und versuche es noch einmal, oder:',
  },
  again: 'Noch einmal',
  own: 'Kamera-App benutzen',
};

export const pages: Words['pages'] = {
  label: 'Seiten',
  count: (count) => (count === 1 ? '1 Seite' : `${count} Seiten`),
  page: (number) => `Seite ${number}`,
  waiting: 'wartet',
  reading: 'wird gelesen',
  add: 'Seite hinzufügen',
  addBy: { camera: 'Foto aufnehmen', file: 'Bilder oder PDF wählen' },
  more: (number) => `Was mit Seite ${number} geschehen soll`,
  retake: 'Noch einmal fotografieren',
  replace: 'Anderes Bild wählen',
  corners: 'Ecken anpassen',
  earlier: 'Nach vorn',
  later: 'Nach hinten',
  remove: 'Entfernen',
};

export const corners: Words['corners'] = {
  title: 'Wo sind die Ecken der Seite?',
  hint: 'Ziehe die vier Ecken auf die des Papiers oder der Noten. Mit der Tastatur: Tab zur Ecke, dann die Pfeiltasten; mit Umschalt gehen sie weiter.',
  names: ['Ecke links oben', 'Ecke rechts oben', 'Ecke rechts unten', 'Ecke links unten'],
  at: (x, y) => `${x} % von links, ${y} % von oben`,
  whole: 'Ganzes Bild',
  use: 'Geraderichten und lesen',
  working: 'Wird geradegerichtet',
  cancel: 'Abbrechen',
  crossed: 'Diese Ecken überkreuzen sich.',
  failed: 'Das Bild ließ sich nicht geraderichten.',
  set: 'Ecken von Hand setzen',
};

export const pdf: Words['pdf'] = {
  title: 'Welche Seiten sollen gelesen werden?',
  opening: 'Das PDF wird geöffnet',
  page: (number) => `Seite ${number}`,
  all: 'Alle',
  none: 'Keine',
  read: (count) => (count === 1 ? '1 Seite lesen' : `${count} Seiten lesen`),
  rendering: (done, total) => `Seite ${done} von ${total} wird gezeichnet`,
  cancel: 'Abbrechen',
  close: 'Schließen',
  problems: {
    damaged: {
      title: 'Dieses PDF ist beschädigt und lässt sich nicht öffnen.',
      advice:
        'Öffne es in einem anderen Programm und sichere es neu, oder nimm ein Bildschirmfoto der Seite.',
    },
    password: {
      title: 'Dieses PDF ist mit einem Kennwort gesperrt.',
      advice: 'Öffne es dort, wo das Kennwort bekannt ist, sichere es ohne und wähle diese Kopie.',
    },
    empty: { title: 'Dieses PDF hat keine Seiten.', advice: 'Wähle eine andere Datei.' },
    failed: {
      title: 'Diese Seite des PDFs ließ sich nicht zeichnen.',
      advice: 'Versuche eine andere Seite, oder öffne ein Bildschirmfoto davon.',
    },
  },
  name: (file, page) => `${file} S. ${page}`,
};
