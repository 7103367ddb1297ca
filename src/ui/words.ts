/**
 * Every word that the page says, in one place: another language is another object of this type. Sentences take their
 * facts as arguments, so that word order is the language's own.
 */
import type { ReadFailure } from '../workers/protocol.ts';
import { type Language, wantedLanguage } from './language.ts';
import { settings } from './settings.ts';
import { camera, corners, pages, pdf } from './words/camera.ts';
import { chart } from './words/chart.ts';
import { edit } from './words/edit.ts';
import { embed } from './words/embed.ts';
import { home } from './words/home.ts';
import { look } from './words/look.ts';
import { offline } from './words/offline.ts';
import { passOn } from './words/pass-on.ts';
import { play } from './words/play.ts';
import { rank } from './words/rank.ts';
import { save } from './words/save.ts';
import { symbols } from './words/symbols.ts';
import { yourLog } from './words/your-log.ts';

/** What went wrong: what happened, what to do; what is kept is added by the page, which alone knows it. */
export type ProblemText = { title: string; advice: string };

const problems: Record<ReadFailure, (detail: string) => ProblemText> = {
  empty_file: () => ({
    title: 'This file is empty.',
    advice: 'Choose the photo again; if it comes from a cloud folder, let it download first.',
  }),
  not_a_picture: (name) => ({
    title: name ? `“${name}” is not a picture, whatever its name says.` : 'This file is not a picture.',
    advice: 'Choose a JPEG, PNG or WebP photo of a page of music.',
  }),
  pdf: () => ({
    title: 'This is a PDF, which is not read here.',
    advice:
      'In the reading room its pages can be chosen. Elsewhere draw them as pictures first, for instance with “pdftoppm -r 300 -png”.',
  }),
  broken_pdf: (name) => ({
    title: `“${name}” is named as a PDF but is none.`,
    advice: 'Choose a JPEG, PNG or WebP photo of a page of music.',
  }),
  animated: () => ({
    title: 'This picture moves, and music is read from a still one.',
    advice: 'Save one frame of it as PNG or JPEG and open that.',
  }),
  truncated: () => ({
    title: 'This picture breaks off before its end.',
    advice: 'The download or copy was probably cut short: fetch the file again.',
  }),
  too_many_pixels: (megapixels) => ({
    title: `This picture has ${megapixels} megapixels; at most 100 can be opened.`,
    advice: 'Save it smaller. Twelve megapixels are plenty for a page.',
  }),
  too_small: (size) => ({
    title: `This picture is only ${size} pixels.`,
    advice:
      'A staff needs some hundred pixels across: take the photo closer, or send the original instead of a thumbnail.',
  }),
  unsupported_format: (format) => ({
    title: `${format.toUpperCase()} pictures cannot be opened here.`,
    advice:
      'Save it as JPEG or PNG. On an iPhone, Settings → Camera → Formats → Most Compatible makes JPEGs.',
  }),
  undecodable: () => ({
    title: 'This picture is damaged and cannot be opened.',
    advice: 'Open it in another program and save it again as JPEG or PNG, or take the photo anew.',
  }),
  not_music: () => ({
    title: 'No staves of five lines were found on this photo.',
    advice:
      'Hold the phone flat over the page, fill the frame, and make sure that the lines are sharp and evenly lit.',
  }),
  cancelled: () => ({ title: 'Reading was stopped.', advice: 'Open the photo again to start over.' }),
  device_lost: () => ({
    title: 'The graphics processor went away while reading.',
    advice: 'Try again; add ?backend=wasm to the address to read without it.',
  }),
  engine_failed: () => ({
    title: 'The reader stopped with an error.',
    advice: 'Try again. If it happens with this photo every time, copy the report and send it to us.',
  }),
  weights_missing: () => ({
    title: 'The reader’s weights could not be downloaded.',
    advice: 'Check the connection and try again.',
  }),
  offline: () => ({
    title: 'There is no connection, and the reader’s weights are not on this device yet.',
    advice: 'Connect once and read any page; from then on reading works without a connection.',
  }),
  weights_damaged: () => ({
    title: 'The reader’s weights arrived damaged and were thrown away.',
    advice: 'Try again to fetch them anew.',
  }),
  out_of_memory: () => ({
    title: 'There was not enough memory for this photo.',
    advice: 'Close other tabs, or open a smaller version of the photo.',
  }),
  busy: () => ({ title: 'Another page is still being read.', advice: 'Wait for it, or stop it first.' }),
  worker_lost: () => ({
    title: 'The reader stopped answering and was restarted.',
    advice: 'Try again; a smaller photo may help if memory was short.',
  }),
};

const NO_NAMES: Readonly<Record<string, { title: string; alt: string }>> = {};

const english = {
  problems,
  symbols,
  chart,
  yourLog,
  passOn,
  look,
  edit,
  embed,
  offline,
  camera,
  pages,
  corners,
  pdf,
  play,
  rank,
  save,
  app: {
    name: 'Scoreline',
    skip: 'Skip to the content',
    rooms: 'Rooms',
    titles: { home: 'Scoreline', read: 'Read · Scoreline', rank: 'Rank · Scoreline' },
    home: 'Home',
    read: 'Read',
    rank: 'Rank',
    noScript: 'Scoreline works in the page itself and needs JavaScript for it.',
    settings: {
      label: 'Settings',
      theme: { label: 'Colours', system: 'As the system', light: 'Light', dark: 'Dark' },
      noteNames: {
        label: 'Names of notes',
        auto: (naming: string) => `As usual here: ${naming}`,
        letters: 'C D E F G A B',
        german: 'C D E F G A H',
        syllables: 'do re mi fa sol la si',
      },
      language: { label: 'Language', auto: 'As the browser' },
    },
    broken: {
      title: 'This part of the page stopped with an error.',
      nothingKept: 'What is saved on this device is not touched.',
      notArrived: 'A part of the program did not arrive; what is saved on this device is not touched.',
      advice: 'Show it again; if it stops there once more, load the page anew and send us the report.',
      again: 'Show it again',
      reload: 'Load the page anew',
    },
    report: {
      copy: 'Copy report',
      copied: 'Report copied',
      shown: 'The report, to copy by hand; there is no picture in it',
    },
    framed: {
      text: 'This page does not open inside another site’s.',
      open: 'Open Scoreline in a tab of its own',
    },
  },
  home,
  read: {
    title: 'Read',
    target: {
      title: 'Photograph, drop or paste a page',
      camera: 'Take a photo',
      file: 'Choose a picture or PDF',
      drop: 'Drop it to read it',
    },
    samples: {
      title: 'Or try one of ours',
      note: 'Engraved and then spoilt by our own camera simulator',
      /** Where they are not called as the samples' own list does. */
      names: NO_NAMES,
    },
    privacy: 'The photo stays on this device. It is read here, in the page.',
    limits:
      'Read so far: notes, rests, clefs, signatures, accidentals, ties, slurs, tuplets, grace notes. Not yet: lyrics, dynamics, octave lines, tablature, handwriting.',
    another: 'New photo',
    stop: 'Stop',
    again: 'Try again',
    dismiss: 'Close',
    kept: 'The page that you had read before is still here.',
    nothingKept: 'Nothing was changed.',
    stages: {
      label: 'Stages of reading',
      photo: 'photo',
      geometry: 'staves',
      draft: 'draft',
      reading: 'reading',
      score: 'score',
      done: 'done',
      now: 'now',
    },
    weights: (done: string, total: string) => `Fetching the reader, ${done} of ${total} MB`,
    checking: 'Checking the reader’s weights',
    elapsed: 'Elapsed time',
    seconds: (seconds: string) => `${seconds} s`,
    staves: (count: number) => (count === 1 ? '1 staff' : `${count} staves`),
    symbols: (count: number) => (count === 1 ? '1 symbol' : `${count} symbols`),
    ready: (staves: string, symbols: string, seconds: string) =>
      `${staves}, ${symbols}, read in ${seconds} s`,
    backend: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' },
    /** What the engine says in English about its choice of a backend. */
    reason: (english: string) => english,
    photo: {
      label: 'Photo',
      symbols: 'Symbols on the photo',
      hint: 'Arrow keys move from symbol to symbol and from staff to staff',
      zoomIn: 'Closer',
      zoomOut: 'Further',
      fit: 'Whole page',
      fade: 'Fade the photo under the symbols',
      image: (name: string) => `Photo of ${name}`,
      staff: (number: number) => `Staff ${number}`,
    },
    score: {
      label: 'Engraved score',
      waiting: 'The engraved score appears here once the page is read.',
      engraving: 'Engraving',
      failed:
        'The score could not be engraved; the symbols on the photo and the downloads are there all the same.',
      system: (number: number) => `Line ${number} of the score`,
      limits: 'Not read, and so not here: lyrics, dynamics, octave lines (8va, 8vb), tablature, handwriting.',
    },
    octave: {
      label: 'Octave lines',
      sign: (side: 'above' | 'below') => (side === 'above' ? '8va: not read' : '8vb: not read'),
      seen: (side: 'above' | 'below', staff: number, page: number, pages: number) => {
        const where = `${side} staff ${staff}${pages > 1 ? ` of page ${page}` : ''}`;
        return side === 'above'
          ? `An octave line was seen ${where}: the notes under it are an octave too low here.`
          : `An octave line was seen ${where}: the notes over it are an octave too high here.`;
      },
      show: 'Show',
    },
    grip: 'Share of the screen for the photo',
    selected: {
      label: 'Selected symbol',
      sure: (percent: string) => `${percent} sure`,
      else: 'What else it might be',
      certain: 'Nothing else comes close.',
      previous: 'Previous symbol',
      next: 'Next symbol',
      close: 'Close',
      draft: 'Draft: the reader has not yet confirmed it.',
      staff: (number: number) => `staff ${number}`,
      bar: (number: number) => `bar ${number}`,
    },
    confidence: { label: 'Confidence', sure: 'sure', unsure: 'unsure', doubt: 'in doubt' },
    untitled: 'Untitled page',
  },
} as const;

type Widen<T> = T extends string
  ? string
  : T extends (...facts: infer F) => infer R
    ? (...facts: F) => Widen<R>
    : { readonly [K in keyof T]: Widen<T[K]> };

/** What every language has to say. */
export type Words = Widen<typeof english>;

/** A language besides English: all words but those of Rank, which speaks English alone. */
export type Translation = Omit<Words, 'rank' | 'passOn' | 'look' | 'yourLog' | 'chart'>;

const TRANSLATIONS: Record<Exclude<Language, 'en'>, () => Promise<Translation>> = {
  de: () => import('./words/de.ts').then(({ german }) => german),
};

/** English until others are loaded; what is imported after that has them from the beginning. */
export let words: Words = english;
export let language: Language = 'en';

/**
 * Loads the words of the visitor's language for a room, before anything of the room is imported. Choosing another
 * language loads the page anew. A translation that does not arrive leaves English.
 */
export async function loadWords(room: string): Promise<void> {
  const wanted = wantedLanguage(settings.getState().language);
  if (wanted === 'en' || room === 'rank') return;
  const translation = await TRANSLATIONS[wanted]().catch(() => null);
  if (!translation) return;
  words = { ...english, ...translation };
  language = wanted;
}

export function problemText(code: ReadFailure, detail = ''): ProblemText {
  return words.problems[code](detail);
}
