import {
  add,
  matMul,
  mul,
  relu,
  softmax,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { FeatureList } from '../../adlog/features.ts';
import type { Weights } from './dcn.ts';
import {
  type Head,
  headName,
  type Network,
  type SideInput,
  sideWidths,
  TASKS,
  type Task,
  weightOf,
} from './multi-task.ts';

/** How tasks share what is above the towers. */
export interface TowerDesign {
  readonly heads: readonly Head[];
  /** One bottom for all tasks, or a mixture of experts with a gate for each task (MMoE, Ma et al. 2018). */
  readonly bottom: 'shared' | 'mmoe';
  /** Conversions are conditioned on clicks: their hidden layer also sees that of the click head (as in DBMTL). */
  readonly relation: boolean;
}

/** Width of both towers' outputs. */
export const TOWER = 32;
const TOWER_HIDDEN = 64;
const BOTTOM = 32;
const HEAD = 16;
const EXPERTS = 4;
const EXPERT = 16;
const USER = 0;
const SIDES = ['user', 'ad'] as const;

/**
 * Two towers u, v of width 32, either of which can be computed ahead and kept; above them a small network of [u ∘ v, u, v]
 * for each candidate, with a head for each task.
 */
export function twoTower(
  sides: readonly [FeatureList, FeatureList],
  dim: number,
  design: TowerDesign,
): Network {
  return {
    sides,
    dim,
    heads: design.heads,
    shapes: { ...towerShapes(sides, dim), ...upperShapes(design) },
    logits: (weights, inputs) => {
      const [u, v] = SIDES.map((name, s) => tower(weights, name, inputs[s]));
      if (!u || !v) throw new RangeError('Two towers need two sides.');
      return upperLogits(weights, design, u, v);
    },
  };
}

type Shapes = Record<string, readonly number[]>;

function towerShapes(sides: readonly FeatureList[], dim: number): Shapes {
  const shapes: Shapes = {};
  SIDES.forEach((name, s) => {
    const side = sides[s];
    if (!side) return;
    const { embedded, dense } = sideWidths(side, dim);
    shapes[`${name}/embedded/weight`] = [embedded, TOWER_HIDDEN];
    shapes[`${name}/dense/weight`] = [dense, TOWER_HIDDEN];
    shapes[`${name}/hidden/bias`] = [TOWER_HIDDEN];
    shapes[`${name}/out/weight`] = [TOWER_HIDDEN, TOWER];
    shapes[`${name}/out/bias`] = [TOWER];
  });
  return shapes;
}

function upperShapes({ heads, bottom, relation }: TowerDesign): Shapes {
  const shapes: Shapes = {};
  const layer = (name: string, width: number) => {
    for (const part of ['product', 'user', 'ad']) shapes[`${name}/${part}/weight`] = [TOWER, width];
    shapes[`${name}/bias`] = [width];
  };
  if (bottom === 'shared') layer('bottom', BOTTOM);
  else {
    layer('experts', EXPERTS * EXPERT);
    for (const task of tasksOf(heads)) layer(`gate ${task}`, EXPERTS);
  }
  for (const head of heads) {
    const name = headName(head);
    shapes[`${name}/hidden/weight`] = [bottom === 'shared' ? BOTTOM : EXPERT, HEAD];
    shapes[`${name}/hidden/bias`] = [HEAD];
    if (relation && head.task === 'conversion') shapes[`${name}/relation/weight`] = [HEAD, HEAD];
    shapes[`${name}/out/weight`] = [HEAD, 1];
    shapes[`${name}/out/bias`] = [1];
  }
  return shapes;
}

function tasksOf(heads: readonly Head[]): Task[] {
  return TASKS.filter((task) => heads.some((head) => head.task === task));
}

function tower(weights: Weights, name: string, input: SideInput | undefined): Tensor2D {
  if (!input) throw new RangeError(`The inputs of the ${name} tower are missing.`);
  // Two products instead of one of the joined inputs: joining them has a slow gradient.
  const hidden = relu(
    add(
      add(
        matMul(input.embedded, weightOf<Tensor2D>(weights, `${name}/embedded/weight`)),
        matMul(input.dense, weightOf<Tensor2D>(weights, `${name}/dense/weight`)),
      ),
      weightOf<Tensor1D>(weights, `${name}/hidden/bias`),
    ),
  );
  return add(
    matMul(hidden as Tensor2D, weightOf<Tensor2D>(weights, `${name}/out/weight`)),
    weightOf<Tensor1D>(weights, `${name}/out/bias`),
  );
}

/** Logits of each head from the towers' outputs u, v [batch, 32]. */
function upperLogits(weights: Weights, design: TowerDesign, u: Tensor2D, v: Tensor2D): Tensor2D[] {
  const product = mul(u, v) as Tensor2D;
  const layer = (name: string): Tensor2D =>
    add(
      add(
        matMul(product, weightOf<Tensor2D>(weights, `${name}/product/weight`)),
        matMul(u, weightOf<Tensor2D>(weights, `${name}/user/weight`)),
      ),
      add(
        matMul(v, weightOf<Tensor2D>(weights, `${name}/ad/weight`)),
        weightOf<Tensor1D>(weights, `${name}/bias`),
      ),
    );
  const bottoms = design.bottom === 'shared' ? sharedBottom(layer) : mixture(layer);
  const hidden = new Map<string, Tensor2D>();
  return design.heads.map((head) => {
    const name = headName(head);
    let before: Tensor2D = add(
      matMul(bottoms(head.task), weightOf<Tensor2D>(weights, `${name}/hidden/weight`)),
      weightOf<Tensor1D>(weights, `${name}/hidden/bias`),
    );
    const clicks = hidden.get(headName({ ...head, task: 'click' }));
    if (design.relation && head.task === 'conversion' && clicks)
      before = add(before, matMul(clicks, weightOf<Tensor2D>(weights, `${name}/relation/weight`)));
    const own = relu(before) as Tensor2D;
    hidden.set(name, own);
    return add(
      matMul(own, weightOf<Tensor2D>(weights, `${name}/out/weight`)),
      weightOf<Tensor1D>(weights, `${name}/out/bias`),
    );
  });
}

function sharedBottom(layer: (name: string) => Tensor2D): (task: Task) => Tensor2D {
  const bottom = relu(layer('bottom')) as Tensor2D;
  return () => bottom;
}

/** Σ over experts of gate(task) · expert, with products of constant matrices for repeating and summing. */
function mixture(layer: (name: string) => Tensor2D): (task: Task) => Tensor2D {
  const experts = relu(layer('experts')) as Tensor2D;
  const spread = blocks(EXPERTS, EXPERT, (expert, column) => expert === Math.floor(column / EXPERT));
  const fold = blocks(EXPERTS * EXPERT, 1, (row, column) => row % EXPERT === column, EXPERT);
  const mixed = new Map<Task, Tensor2D>();
  return (task) => {
    const known = mixed.get(task);
    if (known) return known;
    const gate = softmax(layer(`gate ${task}`));
    const bottom: Tensor2D = matMul(mul(matMul(gate as Tensor2D, spread), experts) as Tensor2D, fold);
    mixed.set(task, bottom);
    return bottom;
  };
}

/** A constant matrix of zeros and ones. */
function blocks(
  rows: number,
  repeat: number,
  set: (row: number, column: number) => boolean,
  columns = rows * repeat,
): Tensor2D {
  const values = Float32Array.from({ length: rows * columns }, (_, i) =>
    set(Math.floor(i / columns), i % columns) ? 1 : 0,
  );
  return tensor2d(values, [rows, columns]);
}

/** Multiply-adds of ranking, bias additions not counted. */
export interface Cost {
  /** Once for a request: the user's tower. */
  readonly request: number;
  /** Once for an ad, then kept: the ad's tower. */
  readonly ad: number;
  /** For each candidate of a request. */
  readonly candidate: number;
}

/** Cost of a two-tower model when only the given heads serve. */
export function towerCost(network: Network, design: TowerDesign, serving: readonly Head[]): Cost {
  const towerOf = (s: number) => {
    const side = network.sides[s];
    if (!side) return 0;
    const { embedded, dense } = sideWidths(side, network.dim);
    return (embedded + dense) * TOWER_HIDDEN + TOWER_HIDDEN * TOWER;
  };
  const layer = (width: number) => 3 * TOWER * width;
  const tasks = tasksOf(serving).length;
  const bottom =
    design.bottom === 'shared'
      ? layer(BOTTOM)
      : layer(EXPERTS * EXPERT) + tasks * (layer(EXPERTS) + EXPERTS * EXPERT);
  const width = design.bottom === 'shared' ? BOTTOM : EXPERT;
  const relations = design.relation && serving.some(({ task }) => task === 'conversion') ? HEAD * HEAD : 0;
  const heads = serving.length * (width * HEAD + HEAD) + relations;
  return { request: towerOf(USER), ad: towerOf(1 - USER), candidate: TOWER + bottom + heads };
}
