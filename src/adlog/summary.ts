import type { DayLog } from './schema';
import { DAY_SECONDS, DOMAINS, TICK_SECONDS, TICKS } from './settings';

/** Figures of a log that can be set against published ones. Rates are shares, not per cent. */
export interface LogSummary {
  readonly days: number;
  readonly impressions: number;
  readonly clickRate: number;
  readonly clickRateOfDomain: readonly number[];
  readonly conversionRate: number;
  readonly crossOutRate: number;
  /** Cross-out rates of the 5th and the 95th of a hundred ads, by true probabilities, among ads shown 50 times or more. */
  readonly crossOutRateOfAds: readonly [number, number];
  /** Share of conversions within an hour and within a day of the click, and the longest delay in days. */
  readonly delayWithinHour: number;
  readonly delayWithinDay: number;
  readonly longestDelay: number;
  /** Share of a day's impressions that goes to its most shown ad, and the exponent of rank against impressions. */
  readonly topAdShare: number;
  readonly zipfExponent: number;
  /** Share of the impressions in each half hour from midnight. */
  readonly traffic: readonly number[];
  /** True click probability: 99th percentile over median; price of an impression: 5th, 25th, 75th, 95th over the median. */
  readonly clickSpread: number;
  readonly priceSpread: readonly number[];
  /** Click rate of slot 2 and of slot 3 over that of slot 1 by true probabilities, by domain. */
  readonly positionEffect: readonly (readonly number[])[];
  /** Births a day over live ads. */
  readonly churn: number;
  readonly exploration: number;
  readonly conversionBilledAds: number;
  readonly domainShares: readonly number[];
}

/** Ranks between which the tail's exponent is fitted. */
const TAIL = { from: 5, to: 500 } as const;

/** Summary of the days of a log, which must follow one another. Empty input gives zeros and NaN. */
export function summarise(logs: readonly DayLog[]): LogSummary {
  const sums = logs.map(daySums);
  const total = (pick: (day: DaySums) => number) => sums.reduce((sum, day) => sum + pick(day), 0);
  const mean = (pick: (day: DaySums) => number) => total(pick) / sums.length;
  const impressions = total((day) => day.impressions);
  const byDomain = (pick: (day: DaySums, domain: number) => number) =>
    DOMAINS.map((_, domain) => total((day) => pick(day, domain)));
  const shown = byDomain((day, domain) => day.shown[domain] ?? 0);
  const clicked = byDomain((day, domain) => day.clicked[domain] ?? 0);
  const delays = Float64Array.from(sums.flatMap((day) => day.delays)).sort();
  const within = (seconds: number) => delays.filter((delay) => delay <= seconds).length / delays.length;
  const crossOuts = Float64Array.from(sums.flatMap((day) => day.crossOutOfAds)).sort();
  const clicks = Float64Array.from(sums.flatMap((day) => Array.from(day.pClick))).sort();
  const prices = Float64Array.from(sums.flatMap((day) => Array.from(day.prices))).sort();
  return {
    days: logs.length,
    impressions,
    clickRate: total((day) => day.clicks) / impressions,
    clickRateOfDomain: clicked.map((count, domain) => count / (shown[domain] ?? 0)),
    conversionRate: total((day) => day.conversions) / total((day) => day.clicks),
    crossOutRate: total((day) => day.crossOuts) / impressions,
    crossOutRateOfAds: [at(crossOuts, 0.05), at(crossOuts, 0.95)],
    delayWithinHour: within(3600),
    delayWithinDay: within(DAY_SECONDS),
    longestDelay: at(delays, 1) / DAY_SECONDS,
    topAdShare: mean((day) => day.topAdShare),
    zipfExponent: mean((day) => day.zipfExponent),
    traffic: Array.from({ length: TICKS }, (_, tick) => total((day) => day.traffic[tick] ?? 0) / impressions),
    clickSpread: at(clicks, 0.99) / at(clicks, 0.5),
    priceSpread: [0.05, 0.25, 0.75, 0.95].map((share) => at(prices, share) / at(prices, 0.5)),
    positionEffect: DOMAINS.map((_, domain) => positionEffect(sums, domain)),
    churn: mean((day) => day.churn),
    exploration: total((day) => day.explored) / impressions,
    conversionBilledAds: mean((day) => day.conversionBilled),
    domainShares: shown.map((count) => count / impressions),
  };
}

interface DaySums {
  impressions: number;
  clicks: number;
  conversions: number;
  crossOuts: number;
  explored: number;
  shown: number[];
  clicked: number[];
  delays: number[];
  traffic: number[];
  crossOutOfAds: number[];
  topAdShare: number;
  zipfExponent: number;
  churn: number;
  conversionBilled: number;
  pClick: Float32Array;
  prices: Float64Array;
  /** Sums of click probability and counts, by domain and slot. */
  bySlot: { p: number; n: number }[][];
}

function daySums(log: DayLog): DaySums {
  const { impressions: rows, ads } = log;
  const sums: DaySums = {
    impressions: rows.count,
    clicks: 0,
    conversions: 0,
    crossOuts: 0,
    explored: 0,
    shown: DOMAINS.map(() => 0),
    clicked: DOMAINS.map(() => 0),
    delays: [],
    traffic: new Array(TICKS).fill(0),
    crossOutOfAds: [],
    topAdShare: Number.NaN,
    zipfExponent: Number.NaN,
    churn: churnOf(log),
    conversionBilled: mean(ads.conversionBilled.subarray(0, ads.count)),
    pClick: rows.pClick.slice(0, rows.count),
    prices: new Float64Array(rows.count),
    bySlot: DOMAINS.map(() => [0, 1, 2].map(() => ({ p: 0, n: 0 }))),
  };
  const perAd = new Map<number, { n: number; crossOut: number }>();
  for (let i = 0; i < rows.count; i++) {
    const domain = rows.domain[i] ?? 0;
    const ad = rows.ad[i] ?? 0;
    const pClick = rows.pClick[i] ?? 0;
    const tick = Math.floor(((rows.time[i] ?? 0) % DAY_SECONDS) / TICK_SECONDS);
    sums.clicks += rows.click[i] ?? 0;
    sums.conversions += rows.conversion[i] ?? 0;
    sums.crossOuts += rows.crossOut[i] ?? 0;
    if ((rows.propensity[i] ?? 1) < 0.5) sums.explored++;
    sums.shown[domain] = (sums.shown[domain] ?? 0) + 1;
    sums.clicked[domain] = (sums.clicked[domain] ?? 0) + (rows.click[i] ?? 0);
    sums.traffic[tick] = (sums.traffic[tick] ?? 0) + 1;
    if (rows.conversion[i] === 1) sums.delays.push(rows.delay[i] ?? 0);
    const billedRate = pClick * (ads.conversionBilled[ad] === 1 ? (rows.pConversion[i] ?? 0) : 1);
    sums.prices[i] = (rows.price[i] ?? 0) * billedRate;
    const slot = sums.bySlot[domain]?.[rows.position[i] ?? 0];
    if (slot) {
      slot.p += pClick;
      slot.n++;
    }
    const entry = perAd.get(ad) ?? { n: 0, crossOut: 0 };
    entry.n++;
    entry.crossOut += rows.pCrossOut[i] ?? 0;
    perAd.set(ad, entry);
  }
  const counts = Array.from(perAd.values(), (entry) => entry.n).sort((a, b) => b - a);
  sums.topAdShare = (counts[0] ?? 0) / rows.count;
  sums.zipfExponent = zipfExponent(counts);
  for (const { n, crossOut } of perAd.values()) if (n >= 50) sums.crossOutOfAds.push(crossOut / n);
  return sums;
}

/** Exponent s of impressions ~ rank^-s, by least squares on the logarithms between ranks 5 and 500. */
export function zipfExponent(sortedCounts: readonly number[]): number {
  const points = sortedCounts
    .map((count, i) => [Math.log(i + 1), Math.log(count)] as const)
    .slice(TAIL.from - 1, TAIL.to);
  const mx = mean(points.map(([x]) => x));
  const my = mean(points.map(([, y]) => y));
  const xy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const xx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return -xy / xx;
}

/** Births of the day over the ads alive at its end. */
function churnOf(log: DayLog): number {
  const start = log.day * DAY_SECONDS;
  let born = 0;
  for (let ad = 0; ad < log.ads.count; ad++) {
    const birth = log.ads.birth[ad] ?? 0;
    if (birth >= start && birth < start + DAY_SECONDS) born++;
  }
  return born / log.liveAds;
}

function positionEffect(sums: readonly DaySums[], domain: number): number[] {
  const rate = (slot: number) => {
    const cells = sums.map((day) => day.bySlot[domain]?.[slot] ?? { p: 0, n: 0 });
    return cells.reduce((sum, cell) => sum + cell.p, 0) / cells.reduce((sum, cell) => sum + cell.n, 0);
  };
  return [rate(1) / rate(0), rate(2) / rate(0)];
}

function at(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}
