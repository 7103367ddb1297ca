import { CONVERSION_FEATURES, VM_FEATURES } from '../../adlog/features.ts';
import type { Parameters } from './parameters.ts';
import { createStudent, type Distillation, NO_DISTILLATION, type Student } from './student.ts';

const DIM = 8;
const SIZES = { crossLayers: 2, rank: 8, hidden: [32], head: 16 } as const;

/** Rows of a training step of a vertical model. */
export const VM_BATCH = 512;

/** An untrained click model of one domain. */
export function createVm(seed: number): Student {
  return createStudent(VM_FEATURES, DIM, SIZES, NO_DISTILLATION, seed);
}

/** An untrained conversion model over all domains; its rows are clicked impressions. */
export function createConversionVm(seed: number): Student {
  return createStudent(CONVERSION_FEATURES, DIM, SIZES, NO_DISTILLATION, seed);
}

/**
 * A vertical model that goes on from trained parameters, which stay untouched, under a teacher. Its distillation heads
 * start as copies of the serving head, the one for scaled labels higher by log α, so that the backbone is not shaken.
 */
export function taughtVm(trained: Parameters, distillation: Distillation, seed: number): Student {
  const vm = createStudent(VM_FEATURES, DIM, SIZES, distillation, seed);
  const { table, dense } = vm.parameters;
  table.value.set(trained.table.value);
  table.squares.set(trained.table.squares);
  for (const [name, weight] of Object.entries(dense)) {
    const source =
      trained.dense[name] ?? trained.dense[name.replace(/^(distillation|adapted)\//, 'serving/')];
    if (source) weight.value.set(source.value);
    const own = trained.dense[name];
    if (!own) continue;
    weight.mean.set(own.mean);
    weight.square.set(own.square);
  }
  const scaled = dense['distillation/out/bias']?.value;
  if (scaled) scaled[0] = (scaled[0] ?? 0) + Math.log(distillation.alpha);
  vm.parameters.steps = trained.steps;
  return vm;
}
