import { dispose, type Tensor, tensor3d, tidy } from '@tensorflow/tfjs-core';
import { folderSource } from '../../../../tools/node-engine.ts';
import { STEP_SIZES } from '../../../notation/steps.ts';
import { loadWeights } from '../../engine/weights.ts';
import { BEGIN_ROWS, follow, INPUTS, inputRows, lookAt } from '../decoder.ts';
import { draftScores, encode, stem } from '../encoder.ts';
import { anything } from '../grammar.ts';
import { readGreedily } from '../greedy.ts';
import { columnMask, columnsOf, inkOf } from '../ink.ts';
import { FRAME, SCORE_OFFSETS, SCORES } from '../layout.ts';
import { parseManifest } from '../manifest.ts';
import { disposeParameters, type Parameters, parameters } from '../parameters.ts';
import { type Golden, largestGap } from './goldens.ts';

/** How far the active backend is from PyTorch in each stage, and the steps that it reads. */
export type Parity = {
  gaps: Record<'stem' | 'memory' | 'draft' | 'teacher' | 'looks', number>;
  greedy: number[][][];
};

/** Runs every stage of the model in `folder` (manifest and shards) on a golden's images. */
export async function parityOf(folder: string, golden: Golden, greedySteps: number): Promise<Parity> {
  const source = folderSource(folder);
  const manifest = parseManifest(await source.manifest());
  const model = parameters(await loadWeights(source, manifest), anything);
  const { heads, slots } = manifest.dimensions;
  const { images, batchWidth } = golden;
  const mask = columnMask(
    images.map(({ width }) => columnsOf(width)),
    columnsOf(batchWidth),
  );
  const ink = inkOf(images, batchWidth);
  const features = stem(model, ink);
  const memory = encode(model, ink, mask, heads);
  const sight = lookAt(model, memory, mask, heads);
  try {
    const taught = teach(model, sight, golden);
    const gaps = {
      stem: golden.stem ? largestGap(await features.data(), golden.stem) : 0,
      memory: largestGap(await memory.data(), golden.memory),
      draft: largestGap(
        everyColumn(await valuesOf(draftScores(model, memory)), slots, golden),
        golden.draft.data,
      ),
      teacher: largestGap(inTrainingOrder(await valuesOf(taught.scores)), withoutNote(golden.teacher.logits)),
      looks: largestGap(await valuesOf(taught.looks), golden.teacher.looks),
    };
    const read = await readGreedily(model, sight, images.length, {
      room: greedySteps,
      every: 4,
      sizes: [images.length],
    });
    return { gaps, greedy: read.map(({ steps }) => steps.map(({ step }) => step)) };
  } finally {
    dispose([features, memory, ink]);
    dispose(sight);
    disposeParameters(model);
  }
}

async function valuesOf(x: Tensor): Promise<Float32Array> {
  const values = await x.data<'float32'>();
  dispose(x);
  return values;
}

function teach(model: Parameters, sight: ReturnType<typeof lookAt>, { teacher }: Golden) {
  const rows = teacher.steps.map((steps, staff) => {
    const place = (index: number) => teacher.places[staff]?.[index] ?? 0;
    return [[...BEGIN_ROWS], ...steps.map((step, index) => inputRows(step, place(index + 1)))];
  });
  return tidy(() =>
    follow(model, sight, tensor3d(rows, [rows.length, rows[0]?.length ?? 0, INPUTS], 'int32')),
  );
}

/** The golden's columns of draft scores [staff, column, slot, class]. */
function everyColumn(
  scores: Float32Array,
  slots: number,
  { draft, draftStride, batchWidth, images }: Golden,
): Float32Array {
  const size = slots * FRAME;
  const columns = columnsOf(batchWidth);
  const kept = new Float32Array(draft.data.length);
  let to = 0;
  for (let staff = 0; staff < images.length; staff++) {
    for (let column = 0; column < columns; column += draftStride, to += size) {
      const from = (staff * columns + column) * size;
      kept.set(scores.subarray(from, from + size), to);
    }
  }
  return kept;
}

/** Rows of SCORES without the room between branches: as PyTorch's head has them, but for the note. */
function inTrainingOrder(scores: Float32Array): number[] {
  const values: number[] = [];
  for (let row = 0; row < scores.length; row += SCORES) {
    SCORE_OFFSETS.forEach((offset, branch) => {
      values.push(...scores.subarray(row + offset, row + offset + (STEP_SIZES[branch] ?? 0)));
    });
  }
  return values;
}

function withoutNote(logits: Float32Array): number[] {
  const width = STEP_SIZES.reduce((sum, size) => sum + size, 0);
  return Array.from(logits).filter((_, index) => index % (width + 2) < width);
}
