/** The camera, the pages of a piece, their corners, and PDF files. */
export const camera = {
  title: 'Photograph a page',
  retakeTitle: 'Photograph this page again',
  asking: 'Waiting for the camera. Your browser asks whether this page may use it.',
  live: 'Camera picture',
  shoot: 'Take the photo',
  torch: 'Light',
  close: 'Close the camera',
  done: (count: number) => (count === 1 ? 'Done, 1 page' : `Done, ${count} pages`),
  taken: (count: number) => (count === 1 ? '1 page taken' : `${count} pages taken`),
  failed: 'The photo could not be taken. Try again.',
  hints: {
    looking: 'Point the camera at a page',
    dark: 'Too dark: more light, or turn on the lamp',
    blurred: 'Blurred: hold still, or wipe the lens',
    no_music: 'No staves in sight yet',
    far: 'Too far: come closer until the page fills the frame',
    tilted: 'Tilted: hold the phone flat over the page',
    good: (staves: string) => `Good: ${staves}`,
  },
  denied: {
    title: 'This page may not use the camera.',
    advice:
      'To allow it, tap the sign beside the address, choose the permissions of this site, allow the camera, and try again. Or take the photo with your own camera app:',
  },
  framed: {
    title: 'The page around this one does not let it use the camera.',
    advice:
      'Open Scoreline in a tab of its own by the link below, or take the photo with your own camera app:',
  },
  missing: {
    title: 'No camera was found.',
    advice: 'Connect one and try again, or choose a picture that you have taken elsewhere:',
  },
  busy: {
    title: 'The camera cannot be opened now.',
    advice: 'Another program may be using it. Close that and try again, or:',
  },
  again: 'Try again',
  own: 'Use the camera app',
};

export const pages = {
  label: 'Pages',
  count: (count: number) => (count === 1 ? '1 page' : `${count} pages`),
  page: (number: number) => `Page ${number}`,
  waiting: 'waits',
  reading: 'being read',
  add: 'Add a page',
  addBy: { camera: 'Take a photo', file: 'Choose pictures or a PDF' },
  more: (number: number) => `What to do with page ${number}`,
  retake: 'Photograph again',
  replace: 'Choose another picture',
  corners: 'Adjust the corners',
  earlier: 'Move earlier',
  later: 'Move later',
  remove: 'Remove',
};

export const corners = {
  title: 'Where are the corners of the page?',
  hint: 'Drag the four corners to those of the paper, or of the music. With the keyboard: Tab to a corner, then the arrow keys; with Shift they go further.',
  names: ['Upper left corner', 'Upper right corner', 'Lower right corner', 'Lower left corner'],
  at: (x: number, y: number) => `${x} % from the left, ${y} % from the top`,
  whole: 'Whole picture',
  use: 'Straighten and read',
  working: 'Straightening',
  cancel: 'Cancel',
  crossed: 'These corners cross each other.',
  failed: 'The picture could not be straightened.',
  set: 'Set the corners by hand',
};

export const pdf = {
  title: 'Which pages are to be read?',
  opening: 'Opening the PDF',
  page: (number: number) => `Page ${number}`,
  all: 'All',
  none: 'None',
  read: (count: number) => (count === 1 ? 'Read 1 page' : `Read ${count} pages`),
  rendering: (done: number, total: number) => `Drawing page ${done} of ${total}`,
  cancel: 'Cancel',
  close: 'Close',
  problems: {
    damaged: {
      title: 'This PDF is damaged and cannot be opened.',
      advice: 'Open it in another program and save it again, or take a screenshot of the page.',
    },
    password: {
      title: 'This PDF is locked with a password.',
      advice: 'Open it where you know the password, save it without one, and choose that copy.',
    },
    empty: { title: 'This PDF has no pages.', advice: 'Choose another file.' },
    failed: {
      title: 'This page of the PDF could not be drawn.',
      advice: 'Try another page, or open a screenshot of it.',
    },
  },
  name: (file: string, page: number) => `${file} p. ${page}`,
};
