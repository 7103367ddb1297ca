/** What the figures of a run say, in sentences. Every number in them is computed from the run; none is canned. */
import type { Interval } from '../../../funnel/bootstrap.ts';
import { normalisedEntropy } from '../../../funnel/probability-metrics.ts';
import type { TeachSettings } from '../../../inference/ranking/teach-run.ts';
import { count, figure, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import {
  againstPinned,
  ageOf,
  calibrationOf,
  type Days,
  entropyOf,
  isTold,
  pooled,
  transferOfFresh,
} from './figures.ts';

const say = words.rank.sentences;

/** A sentence; the first one of a view is its headline. */
export type Sentence = { id: string; text: string };

export type Told = {
  settings: TeachSettings;
  /** Days up to the one that the cursor is on. */
  days: Days;
  pinned: { settings: TeachSettings; days: Days } | null;
};

/** The sentences for the last one of these days, the most telling first. */
export function sentencesOf({ settings, days, pinned }: Told): Sentence[] {
  const now = days.at(-1);
  if (!now) return [];
  const taught = settings.distillation.mode !== 'none';
  const texts: [string, string | null][] = [
    ['effect', taught ? effect(days.length, now.soFar.relative) : baseline(days)],
    ['pinned', pinned && againstPin(settings, days, pinned)],
    ['broken', now.broken ? say.broken(now.day + 1) : null],
    ['leak', leak(settings, now)],
    ['took', tookBack(days.length, now.soFar.adapter)],
    ['adapter', adapter(now)],
    ['transfer', taught && leads(days) ? transfer(now.soFar, transferOfFresh(days)) : null],
    ['staleness', staleness(now)],
    ['ledger', ledger(now)],
    ['rows', say.rows(count(rowsOf(days)), count(pooled(days, 'student').label))],
  ];
  return texts.flatMap(([id, text]) => (text ? [{ id, text }] : []));
}

function rowsOf(days: Days): number {
  return days.reduce((sum, { rows }) => sum + rows, 0);
}

/** Per cent that are per cent already: `0.84 %`. */
function points(value: number): string {
  return percent(value / 100, 2);
}

function within({ low, high }: Interval, text: (value: number) => string): string {
  return words.rank.between(text(low), text(high));
}

function effect(days: number, relative: Interval): string {
  const span = say.span(days);
  if (!isTold(relative)) return say.undecided(span, within(relative, points));
  const flipped = { low: -relative.high, high: -relative.low };
  return relative.value < 0
    ? say.better(span, points(-relative.value), within({ value: 0, ...flipped }, points))
    : say.worse(span, points(relative.value), within(relative, points));
}

function baseline(days: Days): string {
  return say.baseline(say.span(days.length), figure(normalisedEntropy(pooled(days, 'student')), 4));
}

/** Whether the teacher as it serves is better than the student alone: else there is no lead to take over. */
function leads(days: Days): boolean {
  return normalisedEntropy(pooled(days, 'served')) < normalisedEntropy(pooled(days, 'alone'));
}

function transfer({ transfer: share }: Days[number]['soFar'], ofFresh: number): string | null {
  // Where teacher and student are close the ratio is a quotient of noise.
  const isWide = !(share.high - share.low < 1.5);
  return Number.isFinite(share.value) && !isWide
    ? say.transfer(
        percent(share.value, 0),
        within(share, (value) => percent(value, 0)),
        percent(ofFresh, 0),
      )
    : null;
}

function staleness(day: Days[number]): string | null {
  const { staleness: cost } = day.soFar;
  if (!Number.isFinite(cost.value)) return null;
  return say.staleness(say.age(ageOf(day)), points(cost.value), within(cost, points));
}

/** Deviations of the teacher's calibration below this say nothing. */
const BIASED = 0.05;

function leak(settings: TeachSettings, day: Days[number]): string | null {
  const { mode } = settings.distillation;
  const { teacher, oneHead } = day.leak;
  if (mode === 'none' || !(Math.abs(teacher - 1) > BIASED)) return null;
  const [c, formula] = [figure(teacher, 2), figure(oneHead, 2)];
  const student = figure(calibrationOf(day, 'student'), 2);
  return mode === 'one head'
    ? say.oneHeadLeak(day.day + 1, c, formula, student)
    : say.headHolds(day.day + 1, c, formula, student, figure(calibrationOf(day, 'alone'), 2));
}

function adapter(day: Days[number]): string | null {
  if (!day.adapted) return null;
  const before = entropyOf(day, 'served');
  const change = 100 * (entropyOf(day, 'adapted') / before - 1);
  const moved = say.adapter(
    day.day + 1,
    figure(calibrationOf(day, 'served'), 2),
    figure(calibrationOf(day, 'adapted'), 2),
  );
  if (!Number.isFinite(change)) return moved;
  return `${moved} ${change <= 0 ? say.adapterGain(points(-change)) : say.adapterLoss(points(change))}`;
}

/** What the adapter makes good of the loss that the level's shift causes; nothing where there is no such loss. */
function tookBack(days: number, so: Days[number]['soFar']['adapter']): string | null {
  if (!so || !(so.loss.low > 0)) return null;
  const { loss, removed } = so;
  const shift = say.shift(say.span(days), points(loss.value), within(loss, points));
  const whole = (value: number) => percent(value, 0);
  if (!isTold(removed)) return say.tookNothing(shift, within(removed, whole));
  if (removed.value > 0) return say.tookBack(shift, whole(removed.value), within(removed, whole));
  const flipped = { value: 0, low: -removed.high, high: -removed.low };
  return say.madeWorse(shift, whole(-removed.value), within(flipped, whole));
}

function ledger({ ledger: { students, rows, calls, saved } }: Days[number]): string | null {
  if (rows === 0) return null;
  return say.ledger(students.length, count(rows), count(calls), percent(saved / rows, 0));
}

function againstPin(settings: TeachSettings, days: Days, pinned: NonNullable<Told['pinned']>): string | null {
  const difference = againstPinned(days, pinned.days);
  if (!Number.isFinite(difference)) return null;
  const common = Math.min(days.length, pinned.days.length);
  const text = say.pinned(common, points(Math.abs(difference)), difference <= 0 ? 'lower' : 'higher');
  return sameRows(settings, pinned.settings) ? text : `${text} ${say.pinnedOtherRows}`;
}

/** Whether two runs are judged on the same rows. */
export function sameRows(a: TeachSettings, b: TeachSettings): boolean {
  const world = ({ seed, drift, impressionsPerDay, domain }: TeachSettings) =>
    JSON.stringify([seed, drift, impressionsPerDay, domain]);
  return world(a) === world(b);
}
