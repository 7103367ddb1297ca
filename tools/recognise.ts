import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKENDS } from '../src/inference/engine/choose.ts';
import type { Engine } from '../src/inference/engine/engine.ts';
import { FormatError } from '../src/inference/engine/parse.ts';
import { WeightsError } from '../src/inference/engine/weights.ts';
import { loadReader, type Reader } from '../src/inference/tromr/reader.ts';
import type { PageResult, ReadToken } from '../src/inference/tromr/reading.ts';
import { recognise } from '../src/inference/tromr/recognise.ts';
import type { GreyImage } from '../src/page/image.ts';
import { problemText } from '../src/ui/words.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';
import { decodeFile } from './recognition/image-file.ts';
import { enlarged, outputsOf } from './recognition/outputs.ts';

const USAGE = `npm run recognise -- PHOTO… --out DIR [--backend wasm|webgpu|cpu] [--staff] [--weights DIR]
Reads each photo into DIR/NAME.musicxml, .mid, .json and .semantic. --staff: each photo is the crop of one staff.
Exit status: 0; 3 if a photo has no music; 2 if a file cannot be read.`;

const WEIGHTS = join(import.meta.dirname, '../public/models/tromr');

type Outcome = 'read' | 'no music' | 'unreadable';

async function main(): Promise<number> {
  const parsed = parse();
  if (!parsed) {
    console.error(USAGE);
    return 2;
  }
  const { photos, out, backend, staff, weights } = parsed;
  mkdirSync(out, { recursive: true });
  const engine = await startNodeEngine(backend);
  const reader = await loadReader(folderSource(weights));
  const outcomes: Outcome[] = [];
  for (const photo of photos) outcomes.push(await readFile(photo, { engine, reader, out, staff }));
  if (outcomes.includes('unreadable')) return 2;
  return outcomes.includes('no music') ? 3 : 0;
}

function parse() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        backend: { type: 'string' },
        staff: { type: 'boolean', default: false },
        weights: { type: 'string', default: WEIGHTS },
      },
    });
    const backend = BACKENDS.find((name) => name === values.backend);
    const unknown = values.backend !== undefined && backend === undefined;
    if (values.out === undefined || positionals.length === 0 || unknown) return undefined;
    return { photos: positionals, out: values.out, backend, staff: values.staff, weights: values.weights };
  } catch {
    return undefined;
  }
}

type Job = { engine: Engine; reader: Reader; out: string; staff: boolean };

async function readFile(file: string, { engine, reader, out, staff }: Job): Promise<Outcome> {
  const decoded = await decodeFile(file);
  if (!decoded.ok) {
    console.error(`${file}: ${decoded.message}`);
    return 'unreadable';
  }
  if (decoded.note) console.error(`${file}: ${decoded.note}`);
  const title = basename(file, extname(file));
  const drafts = new Map<number, ReadToken[]>();
  const save = (page: PageResult) => {
    for (const [ending, content] of Object.entries(outputsOf(enlarged(page, decoded.shrunk), title, drafts)))
      writeFileSync(join(out, `${title}.${ending}`), content);
  };
  const result = await recognise(engine, reader, decoded.image, {
    staffOnly: staff,
    onEvent: (event) => {
      if (event.kind === 'draft') drafts.set(event.staff, event.tokens);
    },
  });
  if (result.ok) {
    save(result.page);
    console.log(`${file}: ${summaryOf(result.page)}`);
    return 'read';
  }
  if (result.code === 'not_music') {
    save(emptyPage(engine, decoded.image));
    console.error(`${file}: ${problemText('not_music').title}`);
    return 'no music';
  }
  console.error(`${file}: ${problemText(result.code).title} (${result.message})`);
  return 'unreadable';
}

function summaryOf({ systems, timings, backend }: PageResult): string {
  const staves = systems.flatMap((system) => system.staves);
  const symbols = staves.reduce(
    (sum, { tokens }) => sum + tokens.filter(({ rhythm }) => rhythm !== 'chord').length,
    0,
  );
  const seconds = Object.values(timings).reduce((sum, ms) => sum + ms, 0) / 1000;
  return `${staves.length} staves in ${systems.length} systems, ${symbols} symbols, ${seconds.toFixed(1)} s on ${backend}`;
}

function emptyPage({ backend, reason }: Engine, { width, height }: GreyImage): PageResult {
  const timings = { geometry: 0, draft: 0, reading: 0, notation: 0 };
  return { photo: { width, height }, rotation: 0, backend, reason, timings, systems: [] };
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof WeightsError || error instanceof FormatError)
    console.error(
      `The reader's weights cannot be used: ${error.message}. They belong in public/models/tromr.`,
    );
  else console.error(error instanceof Error ? error.message : error);
  return 2;
});
