import { rateInterval } from '../../../funnel/proportion.ts';
import type { JudgedLog, LoadedLog, Policies } from '../../../workers/log-protocol.ts';
import { compact, count, figure, interval, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';

const { say } = words.yourLog;

/** Clicks below which a model of this kind learns next to nothing. */
const FEW_CLICKS = 1000;

/** What the figures of a loaded log say, in sentences. */
export function logSentences(log: LoadedLog): string[] {
  const { low, high } = rateInterval(log.positives, log.rows);
  const rate = interval(log.positives / log.rows, low, high, percent);
  const [from, to] = hasOwnZero(log) ? [null, null] : [dateOf(log.from), dateOf(log.to)];
  const isOneMoment = log.rows > 1 && log.from !== null && log.from === log.to;
  const size = say.size(count(log.rows), isOneMoment ? null : from, to, count(log.positives), rate);
  const sentences = [size];
  if (log.comments > 0) sentences.push(say.comments(count(log.comments)));
  if (isOneMoment) sentences.push(say.oneMoment(from));
  else if (hasOwnZero(log)) sentences.push(say.ownZero(figure(((log.to ?? 0) - (log.from ?? 0)) / 86_400)));
  const [first] = log.broken.first;
  if (first) sentences.push(say.broken(rowsText(log.broken.count), count(first.line), first.reason));
  if (log.truncated) sentences.push(words.yourLog.truncated);
  return [...sentences, ...positionSentences(log)];
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${count(rows)} rows`;
}

/** Positions whose clicks differ, beyond chance, from what their ads bring over all positions. */
function positionSentences({ positions }: LoadedLog): string[] {
  const known = positions.filter(({ expected }) => expected > 0);
  if (known.length < 2) return [];
  const off = positionRatios(known).filter(({ low, high }) => low > 1 || high < 1);
  if (off.length === 0) return [say.noPositionEffect];
  return off
    .toSorted((a, b) => Math.abs(Math.log(b.value)) - Math.abs(Math.log(a.value)))
    .slice(0, 2)
    .map(({ position, value }) => say.positionEffect(count(position), say.times(figure(value))));
}

/** Clicks over those expected of the ads, position by position, with 95 % intervals (Wilson, the expectation taken as known). */
export function positionRatios(
  positions: LoadedLog['positions'],
): { position: number; value: number; low: number; high: number; positives: number; rows: number }[] {
  return positions.map(({ position, rows, positives, expected }) => {
    const { low, high } = rateInterval(positives, rows);
    return {
      position,
      rows,
      positives,
      value: positives / expected,
      low: (low * rows) / expected,
      high: (high * rows) / expected,
    };
  });
}

/** What the model's figures say. */
export function judgedSentences(judged: JudgedLog): string[] {
  const { entropy, calibration, earlier } = judged;
  const ne = interval(entropy.value, entropy.low, entropy.high, (value) => figure(value, 3));
  const sentences: string[] = [];
  if (earlier.positives < FEW_CLICKS) sentences.push(say.few(count(earlier.positives)));
  if (entropy.high < 1) sentences.push(say.better(percent(1 - entropy.value), ne));
  else if (entropy.low > 1) sentences.push(say.worse(ne));
  else sentences.push(say.undecided(ne));
  const ratio = interval(calibration.value, calibration.low, calibration.high);
  const off = interval(
    Math.abs(calibration.value - 1),
    Math.abs((calibration.value > 1 ? calibration.low : calibration.high) - 1),
    Math.abs((calibration.value > 1 ? calibration.high : calibration.low) - 1),
    (share) => percent(share, 0),
  );
  if (calibration.low > 1) sentences.push(say.over(off));
  else if (calibration.high < 1) sentences.push(say.under(off));
  else sentences.push(say.calibrated(ratio));
  return sentences;
}

/** Equally weighted rows that an estimate needs to be put into a sentence. */
const ENOUGH_ROWS = 100;

/** What the estimates say of other policies, and how far they can be trusted. */
export function policySentences(policies: Policies): string[] {
  const { logged, uniform, greedy, rows, ads } = policies;
  const sentences: string[] = [];
  for (const [name, policy] of [
    ['uniform', uniform],
    ['greedy', greedy],
  ] as const) {
    const { value, halfWidth, effectiveSampleSize } = policy.snips;
    // The normal interval of a handful of rows says nothing.
    if (!Number.isFinite(value) || effectiveSampleSize < ENOUGH_ROWS) continue;
    const [low, high] = [Math.max(0, value - halfWidth), value + halfWidth];
    const verdict = low > logged.high ? 'more' : high < logged.low ? 'fewer' : 'same';
    sentences.push(
      say.policy(
        say.names[name],
        interval(value, low, high, percent),
        interval(logged.value, logged.low, logged.high, percent),
        say.verdicts[verdict],
      ),
    );
  }
  const ess = greedy.snips.effectiveSampleSize;
  if (ess < ENOUGH_ROWS) sentences.push(say.thin(count(rows), compact(Math.max(1, Math.round(ess)))));
  const mean = uniform.meanWeight;
  if (Math.abs(mean - 1) > 0.25) sentences.push(say.weights(figure(mean), count(ads)));
  const clipped = Math.max(uniform.clipped, greedy.clipped);
  if (clipped > 0) sentences.push(say.clipped(percent(clipped)));
  return sentences;
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Times before this are no dates but seconds since a zero of the log's own. */
const FIRST_DATE = Date.UTC(1973, 0) / 1000;

export function hasOwnZero({ to }: Pick<LoadedLog, 'to'>): boolean {
  return to !== null && to < FIRST_DATE;
}

/** `24 Nov 2019` of seconds since 1970. */
export function dateOf(seconds: number | null): string | null {
  return seconds === null ? null : DATE.format(seconds * 1000);
}
