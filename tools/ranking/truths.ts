import { bootstrapByUser, type Interval } from '../../src/funnel/bootstrap.ts';
import {
  calibration,
  emptySums,
  mergeSums,
  normalisedEntropy,
} from '../../src/funnel/probability-metrics.ts';
import { leakedCalibration } from '../../src/inference/ranking/equations.ts';
import { FM_SIZES, type FmSize } from '../../src/inference/ranking/teach-run.ts';
import { DELAYS, LEAK_DELAY, LEAK_WEIGHT, type Trial } from './trial.ts';

/** Judges the truths of distillation on finished trials, one of each world (seed). No tensor, no world. */

export interface Finding {
  readonly text: string;
  readonly holds: boolean;
  /** The figure over all seeds with its interval by user, and that of each seed. */
  readonly pooled?: Interval;
  readonly seeds: readonly number[];
  /** The figure by sampled clicks, over all seeds. */
  readonly sampled?: number;
}

export interface Truth {
  readonly number: number;
  readonly name: string;
  readonly holds: boolean;
  readonly findings: readonly Finding[];
}

export function truthOf(number: number, name: string, findings: readonly Finding[]): Truth {
  return { number, name, findings, holds: findings.every(({ holds }) => holds) };
}

const ROUNDS = 300;

/** Expected NE of predictions by name, from sums. */
type Entropies = (name: string) => number;
type Statistic = (entropy: Entropies) => number;

/** A statistic of expected NEs over the users of all trials together, and for each trial. */
function measure(
  trials: readonly Trial[],
  statistic: Statistic,
): Pick<Finding, 'seeds' | 'sampled'> & { pooled: Interval } {
  const [first] = trials;
  if (!first) throw new RangeError('There is no trial to judge.');
  const width = 2 + first.columns.length;
  const of = (sums: Float64Array) => statistic((name) => entropyOf(sums, first.columns, name));
  const all = new Float64Array(trials.reduce((length, trial) => length + trial.perUser.length, 0));
  let at = 0;
  for (const { perUser } of trials) {
    all.set(perUser, at);
    at += perUser.length;
  }
  const seeds = trials.map(({ perUser }) => of(totals(perUser, width)));
  return {
    pooled: bootstrapByUser(all, width, of, { rounds: ROUNDS }),
    seeds,
    sampled: statistic(sampledEntropy(trials)),
  };
}

function entropyOf(sums: Float64Array, columns: readonly string[], name: string): number {
  const place = columns.indexOf(name);
  if (place < 0) throw new RangeError(`The trial has no prediction ${name}.`);
  const [weight = 0, label = 0] = sums;
  return normalisedEntropy({ weight, label, prediction: 0, crossEntropy: sums[2 + place] ?? Number.NaN });
}

function totals(perUser: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  perUser.forEach((value, i) => {
    sums[i % width] = (sums[i % width] ?? 0) + value;
  });
  return sums;
}

function sampledEntropy(trials: readonly Trial[]): Entropies {
  return (name) => {
    const days = trials.flatMap((trial) =>
      trial.days.map(({ judged }) => judged[name]?.sampled ?? emptySums()),
    );
    return normalisedEntropy(days.reduce(mergeSums, emptySums()));
  };
}

/** Holds where the interval lies above zero and every seed agrees. */
function above(text: string, trials: readonly Trial[], statistic: Statistic): Finding {
  const measured = measure(trials, statistic);
  return { text, ...measured, holds: measured.pooled.low > 0 && measured.seeds.every((seed) => seed > 0) };
}

/** 1: oracle < fresh FM < VM with ExFM < VM alone. */
export function orderOfModels(trials: readonly Trial[]): Truth {
  const gap = (text: string, better: string, worse: string) =>
    above(text, trials, (entropy) => entropy(worse) - entropy(better));
  return truthOf(1, 'NE: oracle < fresh FM < VM with ExFM < VM alone', [
    gap('fresh FM − oracle', 'oracle', 'fresh middle'),
    gap('VM with ExFM − fresh FM', 'fresh middle', 'exfm middle'),
    gap('VM alone − VM with ExFM', 'exfm middle', 'alone'),
  ]);
}

/**
 * 2: the teacher's NE grows with its delay, by a line through all delays. From one delay to the next it need not: the weekly wave of the
 * level comes round, so that a checkpoint of seven days may be nearer to today's level than one of four.
 */
export function costOfDelay(trials: readonly Trial[]): Truth {
  const steps = DELAYS.slice(1).map((delay, i) => {
    const measured = measure(
      trials,
      (entropy) => entropy(`middle ${delay}`) - entropy(`middle ${DELAYS[i]}`),
    );
    return { text: `NE at ${delay} days − at ${DELAYS[i]}, shown only`, ...measured, holds: true };
  });
  const trend = above('NE for each day of delay, above 0', trials, (entropy) =>
    slopeOf(
      DELAYS,
      DELAYS.map((delay) => entropy(`middle ${delay}`)),
    ),
  );
  const week = above(
    'NE at 7 days / at 1 day − 1, at least .01',
    trials,
    (entropy) => entropy('middle 7') / entropy('middle 1') - 1,
  );
  return truthOf(2, 'FM NE grows with the teacher’s delay', [
    ...steps,
    trend,
    { ...week, holds: week.holds && (week.pooled?.value ?? 0) >= 0.01 },
  ]);
}

/** Least-squares slope of values over places. */
function slopeOf(places: readonly number[], values: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, level] = [mean(places), mean(values)];
  const spread = places.reduce((sum, place) => sum + (place - middle) ** 2, 0);
  return places.reduce((sum, place, i) => sum + (place - middle) * ((values[i] ?? 0) - level), 0) / spread;
}

export interface LeakDay {
  /** Calibrations on one day: of the teacher, of one head under it, of the auxiliary head under it, of the VM alone. */
  readonly teacher: number;
  readonly oneHead: number;
  readonly auxiliary: number;
  readonly alone: number;
}

export function leakDays({ days }: Trial): LeakDay[] {
  return days.map(({ judged }) => {
    const of = (name: string) => calibration(judged[name]?.expected ?? emptySums());
    return {
      teacher: of(`middle ${LEAK_DELAY}`),
      oneHead: of('one head'),
      auxiliary: of('auxiliary head'),
      alone: of('alone'),
    };
  });
}

/** 3: on days when the teacher is off by more than 10 %, one head follows it as computed, the auxiliary head does not. */
export function leakOfBias(trials: readonly Trial[]): Truth {
  return truthOf(
    3,
    'One head leaks the teacher’s calibration, the auxiliary head does not',
    judgeLeak(trials.map(leakDays)),
  );
}

/**
 * Offsets are taken in the teacher's direction, so that days on which it is too high and days on which it is too low do not
 * cancel. A vertical model follows the level of a day late by itself; that is shown apart. Intervals are over the days.
 */
export function judgeLeak(worlds: readonly (readonly LeakDay[])[], w = LEAK_WEIGHT): Finding[] {
  const off = worlds.map((days) => days.filter(({ teacher }) => Math.abs(teacher - 1) > 0.1));
  const along = (calibration: (day: LeakDay) => number) => (day: LeakDay) =>
    Math.sign(day.teacher - 1) * (calibration(day) - 1);
  const finding = (text: string, of: (day: LeakDay) => number, fits: (value: number) => boolean): Finding => {
    const average = (days: readonly LeakDay[]) => days.reduce((sum, day) => sum + of(day), 0) / days.length;
    const sums = Float64Array.from(off.flat().flatMap((day) => [of(day), 1]));
    const pooled = bootstrapByUser(sums, 2, ([sum = 0, days = 0]) => sum / days, { rounds: ROUNDS });
    const seeds = off.map(average);
    return { text, pooled, seeds, holds: [pooled.value, ...seeds].every(fits) };
  };
  const formula = (day: LeakDay) => leakedCalibration(day.teacher, w);
  const late = (day: LeakDay) => (day.alone + w * day.teacher) / (1 + w);
  return [
    {
      text: 'days on which the 4-day-old teacher is off by more than 10 %',
      seeds: off.map((days) => days.length),
      holds: off.every((days) => days.length > 0),
    },
    finding(
      'offset of one head on these days, above .05',
      along((day) => day.oneHead),
      (x) => x > 0.05,
    ),
    finding(
      'offset of one head − offset by (1 + w·c) / (1 + w), within .02',
      (day) => along((d) => d.oneHead)(day) - along(formula)(day),
      (x) => Math.abs(x) < 0.02,
    ),
    finding(
      'the same with the VM’s own lag, (v + w·c) / (1 + w), shown only',
      (day) => along((d) => d.oneHead)(day) - along(late)(day),
      () => true,
    ),
    finding(
      'mean |calibration of the auxiliary head − of the VM alone|, below .02',
      (day) => Math.abs(day.auxiliary - day.alone),
      (x) => x < 0.02,
    ),
  ];
}

/** 4: what the adapter can mend (the level) and what only a fresh FM can (ads that came since). */
export function reachOfAdapter(level: readonly Trial[], churn: readonly Trial[], delay: number): Truth {
  const stale = `middle ${delay}`;
  const mended = measure(
    level,
    (entropy) => (entropy(stale) - entropy('adapted')) / (entropy(stale) - entropy('corrected')),
  );
  const repaired = measure(
    churn,
    (entropy) => (entropy(stale) - entropy('adapted')) / (entropy(stale) - entropy('fresh middle')),
  );
  const moved = churn.map((trial) => Math.abs(meanArea(trial, 'adapted') - meanArea(trial, stale)));
  return truthOf(4, 'The adapter mends the level, not the order', [
    {
      text: 'level alone drifts: share of the loss by the level that the adapter removes, at least .5',
      ...mended,
      holds: mended.pooled.value >= 0.5 && mended.pooled.low > 0 && mended.seeds.every((seed) => seed > 0),
    },
    {
      text: 'ads alone churn: share of the loss by age that the adapter removes, smaller beyond its interval',
      ...repaired,
      holds: repaired.pooled.high < mended.pooled.low,
    },
    {
      text: 'ads alone churn: |AUC of the adapted − of the stale teacher|, below .002',
      seeds: moved,
      holds: moved.every((change) => change < 0.002),
    },
    above(
      'ads alone churn: NE adapted − NE of a fresh FM',
      churn,
      (entropy) => entropy('adapted') - entropy('fresh middle'),
    ),
  ]);
}

function meanArea({ days }: Trial, name: string): number {
  return days.reduce((sum, { judged }) => sum + (judged[name]?.auc ?? Number.NaN), 0) / days.length;
}

/** 5: the service saves the calls that students share; the students take over part of what their teacher knows more. */
export function transferAndSaving(trials: readonly Trial[]): Truth {
  const ledgers = trials.map(({ ledgers }) => ledgers);
  const sum = (of: (ledger: Trial['ledgers'][number]) => number) =>
    ledgers.map((days) => days.reduce((total, ledger) => total + of(ledger), 0));
  const [rows, saved] = [sum((ledger) => ledger.rows), sum((ledger) => ledger.saved)];
  const shared = sum((ledger) => ledger.students.reduce((total, student) => total + student.shared, 0));
  const ratioTo = (size: FmSize, fm: string) =>
    measure(
      trials,
      (entropy) => (entropy('alone') - entropy(`exfm ${size}`)) / (entropy('alone') - entropy(fm)),
    );
  // The FM of the ratio is that of the first truth, as it learns; the one that serves is a day behind the level.
  const ratios = FM_SIZES.map((size) => {
    const ratio = ratioTo(size, `fresh ${size}`);
    const inside =
      ratio.pooled.low > 0 && ratio.pooled.high < 1 && ratio.seeds.every((seed) => seed > 0 && seed < 1);
    return { text: `transfer ratio, ${size} FM`, ...ratio, holds: size === 'middle' ? inside : true };
  });
  const served = FM_SIZES.map((size) => ({
    text: `the same against the ${size} FM as it served, a day old, shown only`,
    ...ratioTo(size, `${size} 1`),
    holds: true,
  }));
  return truthOf(5, 'DAS saves shared calls; the transfer ratio lies in (0, 1)', [
    {
      text: 'share of FM calls saved, between half and all of the share of rows that students share',
      seeds: saved.map((calls, i) => calls / (rows[i] ?? 1)),
      // An example of k students counts k shared rows and saves k − 1 calls.
      holds: saved.every(
        (calls, i) => calls > 0 && 2 * calls >= (shared[i] ?? 0) && calls <= (shared[i] ?? 0),
      ),
    },
    ...ratios,
    ...served,
  ]);
}
