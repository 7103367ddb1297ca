import { FM_FEATURES } from '../../adlog/features.ts';
import { createStudent, NO_DISTILLATION, type Rates, type Student, type StudentSizes } from './student.ts';
import type { FmSize } from './teach-run.ts';

interface FmShape {
  /** Width of embeddings and tokens. */
  readonly dim: number;
  readonly sizes: Omit<StudentSizes, 'heads'>;
}

/** The foundation model in three sizes: DCNv2 over embeddings, dense inputs and dot products of tokens. */
const FM_SHAPES: Readonly<Record<FmSize, FmShape>> = {
  small: { dim: 8, sizes: { crossLayers: 1, rank: 8, hidden: [24], head: 12, match: true } },
  middle: { dim: 16, sizes: { crossLayers: 1, rank: 16, hidden: [64, 32], head: 24, match: true } },
  large: { dim: 24, sizes: { crossLayers: 2, rank: 24, hidden: [96, 48], head: 32, match: true } },
};

const FM_RATES: Rates = { rows: 0.06, dense: 0.001, level: 0.015, adapter: 0 };

/** Rows of a training step of the FM. */
export const FM_BATCH = 1024;

/** An untrained foundation model. */
export function createFm(size: FmSize, seed: number): Student {
  const { dim, sizes } = FM_SHAPES[size];
  return createStudent(FM_FEATURES, dim, sizes, NO_DISTILLATION, seed, FM_RATES);
}
