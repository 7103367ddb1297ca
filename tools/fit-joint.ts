import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asCount, asList, asNumber, asObject } from '../src/inference/engine/parse.ts';
import { shapesFor } from '../src/inference/tromr/batches.ts';
import { type Frames, symbolOf } from '../src/inference/tromr/ctc.ts';
import { disposeDrafts, draftStaves } from '../src/inference/tromr/draft-staves.ts';
import { better, blend, type Candidates } from '../src/inference/tromr/joint.ts';
import { readDrafted } from '../src/inference/tromr/read-staves.ts';
import { loadReader, type Reader } from '../src/inference/tromr/reader.ts';
import { editDistance } from '../src/notation/edit-distance.ts';
import { STAFF_GEOMETRY } from '../src/page/geometry.ts';
import type { GreyImage } from '../src/page/image.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';

const USAGE = `npx tsx tools/fit-joint.ts SHARDS… [--staves N] [--weights DIR]
Shows how the shares of the CTC branch in the joint score err on rendered staves (folders of shards). The best go into the
manifest as joint.m and joint.mixing.`;

const WEIGHTS = join(import.meta.dirname, '../public/models/tromr');
/** Shares to try: the CTC branch speaks for the whole staff, the decoder by symbol, so small shares matter most. */
const SHARES = [0, 0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.3, 1];
const MIXING_SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const BATCH = 16;

type Sample = { image: GreyImage; steps: number[][] };
/** The errors of each candidate of a staff and the length of its truth. */
type Judged = { truth: number[]; frames: Frames; candidates: Candidates; reading: number; draft: number };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      staves: { type: 'string', default: '200' },
      weights: { type: 'string', default: WEIGHTS },
    },
  });
  if (positionals.length === 0) {
    console.error(USAGE);
    return 2;
  }
  await startNodeEngine('wasm');
  const reader = await loadReader(folderSource(values.weights));
  const judged: Judged[] = [];
  for (const folder of positionals) {
    const samples = samplesOf(folder, Number(values.staves));
    for (let i = 0; i < samples.length; i += BATCH)
      judged.push(...(await judge(reader, samples.slice(i, i + BATCH))));
  }
  console.log(
    `${judged.length} staves, ${judged.filter(({ candidates }) => candidates.draft).length} disputed`,
  );
  const symbols = judged.reduce((sum, { truth }) => sum + truth.length, 0);
  const rate = (errors: (staff: Judged) => number) =>
    `${((100 * judged.reduce((sum, staff) => sum + errors(staff), 0)) / symbols).toFixed(2)} %`;
  console.log(`always the draft    ${rate(({ draft }) => draft)}`);
  console.log(`always the reading  ${rate(({ reading }) => reading)}`);
  console.log(`the best of both    ${rate(({ draft, reading }) => Math.min(draft, reading))}`);
  const errorsOf = (share: number) => (staff: Judged) => staff[better(staff.candidates, share)];
  for (const share of SHARES) console.log(`m = ${String(share).padEnd(15)} ${rate(errorsOf(share))}`);
  const total = (share: number) => judged.reduce((sum, staff) => sum + errorsOf(share)(staff), 0);
  const best = SHARES.reduce((a, b) => (total(b) < total(a) ? b : a));
  console.log(`with m = ${best}, blended`);
  for (const mixing of MIXING_SHARES) {
    const blended = rate(({ frames, candidates, truth }) =>
      errorsIn(blend(frames, candidates, best, mixing).steps, truth),
    );
    console.log(`mixing = ${String(mixing).padEnd(10)} ${blended}`);
  }
  return 0;
}

/** The first staves of a folder of packed shards. */
function samplesOf(folder: string, count: number): Sample[] {
  const samples: Sample[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
    const pixels = readFileSync(join(folder, file.replace(/jsonl$/, 'bin')));
    for (const line of readFileSync(join(folder, file), 'utf8').trim().split('\n')) {
      if (samples.length >= count) return samples;
      const staff = asObject(JSON.parse(line), file);
      const width = asCount(staff.width, 'width');
      const offset = asCount(staff.offset, 'offset');
      const data = new Uint8Array(pixels.subarray(offset, offset + width * STAFF_GEOMETRY.rows));
      const steps = asList(staff.steps, 'steps', (step, path) => asList(step, path, asNumber));
      if (width <= STAFF_GEOMETRY.maxWidth)
        samples.push({ image: { width, height: STAFF_GEOMETRY.rows, data }, steps });
    }
  }
  return samples;
}

async function judge(reader: Reader, samples: readonly Sample[]): Promise<Judged[]> {
  const shapes = shapesFor('wasm', STAFF_GEOMETRY.maxWidth);
  const drafted = await draftStaves(
    reader,
    samples.map(({ image }) => image),
    { shapes },
  );
  const read = await readDrafted(reader, drafted, { shapes, every: 8 });
  disposeDrafts(drafted);
  return read.map(({ candidates }, index): Judged => {
    const truth = (samples[index]?.steps ?? []).map(wordOf);
    const frames = drafted[index]?.frames;
    if (!frames) throw new Error('a staff was not drafted');
    const reading = errorsIn(candidates.reading.steps, truth);
    const draft = candidates.draft ? errorsIn(candidates.draft.steps, truth) : reading;
    return { truth, frames, candidates, reading, draft };
  });
}

function errorsIn(said: readonly { step: number[] }[], truth: readonly number[]): number {
  return editDistance(
    said.map(({ step }) => wordOf(step)),
    truth,
  );
}

/** A step as the error rate counts it: its symbol, and whether it joins the one before. */
function wordOf(step: readonly number[]): number {
  return 2 * symbolOf(step) + (step[3] ?? 0);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
