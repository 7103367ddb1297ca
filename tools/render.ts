import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadReader, type Reader } from '../src/inference/tromr/reader.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';
import { renderEngraved } from './render/engraved-pages.ts';
import { ENGRAVERS, type Engraver } from './render/engravers.ts';
import { lilypondPageMaker } from './render/lilypond-pages.ts';
import { pageMaker } from './render/pages.ts';
import { renderPagePictures, renderStaffPictures } from './render/pictures.ts';
import { renderShards } from './render/shards.ts';

const USAGE = `npm run render -- --out DIR (--staves N | --pages N) [--seed S] [--camera] [--corpus DIR] [--engraver NAME]
Writes NAME.png, NAME.semantic and NAME.tokens.json: N pictures of one staff each, or of N pages.
  --camera        photographed instead of clean
  --severity X    how hard the camera is on the page (1: the usual mix)
  --corpus DIR    folder with INDEX.tsv and scores (default: corpus in SCORELINE_DATA or ../shared)
  --mix P         part of the pages that is random music, 0 to 1 (default 0.45; without a corpus all are)
  --engraver NAME verovio; musescore or lilypond: whole pages of the corpus with their MusicXML as truth,
                  or shards of the corpus by lilypond, labelled with help of the page's own weights
  --two-voices    only staves on which two voices stand, in shards pages that have such staves
  --held-out      take from the corpus only the composers kept for measuring
  --shards        the packed form for training, 512 staves a shard; DIR then defaults to the cache folder
  --demanding P   part of the random music that is full of rare tuplets, short notes and second voices (default 0)
  --first K       number of the first shard; a shard depends only on the seed and its number
  --clean P       part of the staves in camera shards that is not photographed (default 0.2)`;

const OPTIONS = {
  out: { type: 'string' },
  staves: { type: 'string' },
  pages: { type: 'string' },
  seed: { type: 'string', default: '1' },
  camera: { type: 'boolean', default: false },
  severity: { type: 'string', default: '1' },
  corpus: { type: 'string' },
  engraver: { type: 'string', default: 'verovio' },
  mix: { type: 'string', default: '0.45' },
  demanding: { type: 'string', default: '0' },
  'held-out': { type: 'boolean', default: false },
  'two-voices': { type: 'boolean', default: false },
  shards: { type: 'boolean', default: false },
  first: { type: 'string', default: '0' },
  clean: { type: 'string', default: '0.2' },
  help: { type: 'boolean', default: false },
} as const;

/** A number within bounds, or an error that names the option. */
function within(name: string, text: string, low: number, high: number, whole = false): number {
  const value = Number(text);
  if (text === '' || !(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
    throw new RangeError(`--${name} must be a ${whole ? 'whole ' : ''}number from ${low} to ${high}`);
  }
  return value;
}

/** Another program to engrave with; undefined for our own, Verovio. @throws RangeError for a name that is none */
function engraverNamed(name: string): Engraver | undefined {
  if (name === 'musescore' || name === 'lilypond') return ENGRAVERS[name];
  if (name === 'verovio') return undefined;
  throw new RangeError('--engraver must be verovio, musescore or lilypond');
}

/** The reader with the weights of the page. */
async function shippedReader(): Promise<Reader> {
  await startNodeEngine();
  return loadReader(folderSource(join(import.meta.dirname, '../public/models/tromr')));
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if ((values.staves === undefined) === (values.pages === undefined)) {
    throw new RangeError('give either --staves or --pages');
  }
  if (values.shards && values.staves === undefined) throw new RangeError('--shards needs --staves');
  const engraver = engraverNamed(values.engraver);
  if (values.shards && values.engraver === 'musescore')
    throw new RangeError('--engraver musescore is kept for measuring: no shards');
  if (engraver && !values.shards && values.pages === undefined)
    throw new RangeError(`--engraver ${values.engraver} needs --pages or --shards`);
  const twoVoices = values['two-voices'];
  if (twoVoices && values.staves === undefined) throw new RangeError('--two-voices needs --staves');
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'scoreline', 'shards');
  const out = values.out ?? (values.shards ? cache : undefined);
  if (out === undefined) throw new RangeError('--out is missing');
  const seed = within('seed', values.seed, 0, 2 ** 31 - 1, true);
  const camera = values.camera;
  const severity = within('severity', values.severity, 0, 3);
  const corpus = values.corpus ?? join(process.env.SCORELINE_DATA ?? '../shared', 'corpus');
  const split = values['held-out'] ? 'held-out' : 'train';
  const count = within(
    values.pages === undefined ? 'staves' : 'pages',
    values.staves ?? values.pages ?? '',
    1,
    1e7,
    true,
  );
  if (engraver && !values.shards) {
    await renderEngraved({ engraver, out, corpus, split, count, seed, camera, severity });
    return 0;
  }
  const makePages = engraver
    ? await lilypondPageMaker(corpus, split, await shippedReader())
    : await pageMaker({
        corpus,
        mustExist: values.corpus !== undefined,
        random: within('mix', values.mix, 0, 1),
        demanding: within('demanding', values.demanding, 0, 1),
        split,
      });
  if (values.shards) {
    const first = within('first', values.first, 0, 99999, true);
    const clean = within('clean', values.clean, 0, 0.9);
    await renderShards(makePages, { out, staves: count, seed, first, camera, clean, severity, twoVoices });
  } else {
    const render = values.pages === undefined ? renderStaffPictures : renderPagePictures;
    await render(makePages, { out, count, seed, camera, severity, twoVoices });
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof RangeError || (error instanceof TypeError && 'code' in error)) console.error(USAGE);
  process.exitCode = 2;
}
