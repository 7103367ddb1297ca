import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GreyImage } from '../../../page/image.ts';
import { asCount, asList, asNumber, asObject, asString } from '../../engine/parse.ts';

export const GOLDENS = join(import.meta.dirname, '../goldens');

export type Golden = {
  images: GreyImage[];
  batchWidth: number;
  stem: Float32Array | undefined;
  memory: Float32Array;
  /** Scores of every `draftStride`-th column. */
  draft: { shape: number[]; data: Float32Array };
  draftStride: number;
  teacher: { steps: number[][][]; places: number[][]; logits: Float32Array; looks: Float32Array };
  greedy: number[][][];
  greedySteps: number;
};

/** What PyTorch computed with the weights in a folder of goldens. */
export function readGolden(folder: string): Golden {
  const golden = asObject(JSON.parse(readFileSync(join(GOLDENS, folder, 'golden.json'), 'utf8')), 'golden');
  const teacher = asObject(golden.teacher, 'teacher');
  const looks = packed(teacher.attention, 'teacher.attention');
  const [layers = 1] = looks.shape;
  return {
    images: asList(golden.images, 'images', (value, path) => {
      const image = asObject(value, path);
      const data = new Uint8Array(Buffer.from(asString(image.pixels, `${path}.pixels`), 'base64'));
      return {
        width: asCount(image.width, `${path}.width`),
        height: asCount(image.rows, `${path}.rows`),
        data,
      };
    }),
    batchWidth: asCount(golden.batchWidth, 'batchWidth'),
    stem: golden.stem === null ? undefined : packed(golden.stem, 'stem').data,
    memory: packed(golden.memory, 'memory').data,
    draft: packed(golden.draft, 'draft'),
    draftStride: asCount(golden.draftStride, 'draftStride'),
    teacher: {
      steps: lists3(teacher.steps, 'teacher.steps'),
      places: asList(teacher.places, 'teacher.places', (value, path) => asList(value, path, asNumber)),
      logits: packed(teacher.logits, 'teacher.logits').data,
      looks: looks.data.subarray((looks.data.length / layers) * (layers - 1)),
    },
    greedy: lists3(golden.greedy, 'greedy'),
    greedySteps: asCount(golden.greedySteps, 'greedySteps'),
  };
}

function lists3(value: unknown, path: string): number[][][] {
  return asList(value, path, (staff, at) => asList(staff, at, (step, of) => asList(step, of, asNumber)));
}

function packed(value: unknown, path: string): { shape: number[]; data: Float32Array } {
  const { shape, data } = asObject(value, path);
  const bytes = new Uint8Array(Buffer.from(asString(data, `${path}.data`), 'base64'));
  return { shape: asList(shape, `${path}.shape`, asCount), data: new Float32Array(bytes.buffer) };
}

/** The largest difference between two lists, or infinity if their lengths differ. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let gap = 0;
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs((a[i] ?? 0) - (b[i] ?? Number.NaN)));
  return gap;
}
