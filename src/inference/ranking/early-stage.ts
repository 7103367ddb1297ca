import {
  EARLY_FEATURES,
  type EncodedRows,
  encodeRows,
  type FeatureList,
  type FeatureSource,
  withBuckets,
} from '../../adlog/features.ts';
import { DOMAINS } from '../../adlog/settings.ts';
import type { EarlyModelName, Estimates } from '../../funnel/scored-request.ts';
import {
  createMultiTask,
  type Head,
  type MultiTaskParameters,
  type Network,
  PRIORS,
  predictHeads,
  TASKS,
  type Task,
} from './multi-task.ts';
import { type Cost, type TowerDesign, towerCost, twoTower } from './two-tower.ts';

/** Ids are hashed more coarsely than elsewhere: six models and eight networks are loaded by the page. */
const EARLY_BUCKETS = { user: 2 ** 10, ad: 2 ** 12, campaign: 2 ** 11, advertiser: 2 ** 11 };
const EARLY_DIM = 8;

const features = withBuckets(EARLY_FEATURES, EARLY_BUCKETS);
const onSide = (isAd: boolean): FeatureList => ({
  name: isAd ? 'early/ad' : 'early/user',
  categorical: features.categorical.filter(({ side }) => (side === 'ad') === isAd),
  dense: features.dense.filter(({ side }) => (side === 'ad') === isAd),
});

/** Inputs of the two towers; the domain belongs to the request, hence to the user's. */
export const EARLY_SIDES = [onSide(false), onSide(true)] as const;

const labels = (task: Task): Head => ({ task, learns: 'labels' });
const twin = (task: Task): Head => ({ task, learns: 'final stage' });
const LABELS = TASKS.map(labels);
const BOTH = [...LABELS, ...TASKS.map(twin)];

interface EarlyNetwork {
  readonly network: Network;
  /** The heads that rank. */
  readonly serving: readonly Head[];
  readonly cost: Cost;
}

function build(design: TowerDesign): EarlyNetwork {
  const network = twoTower(EARLY_SIDES, EARLY_DIM, design);
  const twins = design.heads.filter(({ learns }) => learns === 'final stage');
  const serving = twins.length > 0 ? twins : design.heads;
  return { network, serving, cost: towerCost(network, design, serving) };
}

/** How an early model is made: one network or one for each task; the heads that serve are its twins where it has them. */
const NETWORKS: Readonly<Record<EarlyModelName, readonly EarlyNetwork[]>> = {
  clicks: [build({ heads: [labels('click')], bottom: 'shared', relation: false })],
  separate: TASKS.map((task) => build({ heads: [labels(task)], bottom: 'shared', relation: false })),
  'multi-task': [build({ heads: LABELS, bottom: 'shared', relation: false })],
  distilled: [build({ heads: BOTH, bottom: 'shared', relation: false })],
  mmoe: [build({ heads: BOTH, bottom: 'mmoe', relation: false })],
  relation: [build({ heads: BOTH, bottom: 'shared', relation: true })],
};

/** The networks of an early model, without weights. */
export function earlyNetworks(name: EarlyModelName): readonly EarlyNetwork[] {
  return NETWORKS[name];
}

/** Multiply-adds of an early model. */
export function earlyCost(name: EarlyModelName): Cost {
  return NETWORKS[name].reduce(
    (sum, { cost }) => ({
      request: sum.request + cost.request,
      ad: sum.ad + cost.ad,
      candidate: sum.candidate + cost.candidate,
    }),
    { request: 0, ad: 0, candidate: 0 },
  );
}

/** An early model with its weights, one set for each of its networks: plain data. */
export interface EarlyStage {
  readonly name: EarlyModelName;
  readonly networks: readonly MultiTaskParameters[];
}

export function createEarlyStage(name: EarlyModelName, seed: number): EarlyStage {
  return { name, networks: NETWORKS[name].map(({ network }, i) => createMultiTask(network, seed + 31 * i)) };
}

/** Rows as both towers see them: [user, ad]. */
export function encodeEarly(source: FeatureSource, count: number, rows?: ArrayLike<number>): EncodedRows[] {
  return EARLY_SIDES.map((side) => encodeRows(side, source, count, rows));
}

/** Clicks and conversions of each domain so far: its mean conversion rate is what a model of clicks alone values by. */
export interface ConversionCounts {
  readonly clicks: Float64Array;
  readonly conversions: Float64Array;
}

/** Counts that start as twenty clicks at the usual rate. */
export function createConversionCounts(): ConversionCounts {
  const clicks = new Float64Array(DOMAINS.length).fill(20);
  return { clicks, conversions: clicks.map((count) => count * PRIORS.labels.conversion) };
}

/** What an early model says of encoded rows in the first slot. */
export async function estimateEarly(
  { name, networks }: EarlyStage,
  sides: readonly EncodedRows[],
  domain: ArrayLike<number>,
  counts: ConversionCounts,
): Promise<Estimates> {
  const count = sides[0]?.count ?? 0;
  const found = new Map<Task, Float32Array>();
  for (const [i, { network, serving }] of NETWORKS[name].entries()) {
    const parameters = networks[i];
    if (!parameters) throw new RangeError(`The early model ${name} lacks a network.`);
    const outputs = await predictHeads(network, parameters, sides, serving);
    serving.forEach(({ task }, h) => {
      found.set(task, outputs[h] ?? new Float32Array(count));
    });
  }
  const meanRate = () =>
    Float32Array.from({ length: count }, (_, i) => {
      const at = domain[i] ?? 0;
      return (counts.conversions[at] ?? 0) / (counts.clicks[at] ?? 1);
    });
  return {
    pClick: found.get('click') ?? new Float32Array(count),
    pConversion: found.get('conversion') ?? meanRate(),
    pCrossOut: found.get('cross-out') ?? new Float32Array(count),
  };
}
