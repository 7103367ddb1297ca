import { DELAY, TRAFFIC } from './settings';
import type { LogSummary } from './summary';

/** One figure of a summary beside what is published or was set out to be met. */
export interface Comparison {
  readonly figure: string;
  readonly ours: number;
  readonly published: number;
  /** Relative tolerance; absolute for figures of which the published value is 0. */
  readonly tolerance: number;
  readonly source: string;
  readonly unit: 'share' | 'ratio' | 'days';
}

const TRAFFIC_SUM = TRAFFIC.reduce((sum, share) => sum + share, 0);

/** Sets a summary against the published figures. Tolerances allow for drift over the days and for sampling at 100,000 impressions a day. */
export function compareWithPublished(summary: LogSummary): Comparison[] {
  const rows: Comparison[] = [];
  const add = (
    figure: string,
    ours: number | undefined,
    published: number,
    tolerance: number,
    source: string,
    unit: Comparison['unit'] = 'share',
  ) => rows.push({ figure, ours: ours ?? Number.NaN, published, tolerance, source, unit });

  add('click rate', summary.clickRate, 0.015, 0.3, 'target between Open Bandit, RTB and TaobaoAd');
  ['feed', 'reels', 'stories'].forEach((domain, i) => {
    add(`click rate, ${domain}`, summary.clickRateOfDomain[i], [0.009, 0.016, 0.024][i] ?? 0, 0.35, 'target');
  });
  add('conversions a click', summary.conversionRate, 0.04, 0.5, '2 to 6 %, Chapelle 2014');
  add('conversions within an hour', summary.delayWithinHour, DELAY.hourShare, 0.35, 'Chapelle 2014');
  add('conversions within a day', summary.delayWithinDay, DELAY.dayShare, 0.25, 'Chapelle 2014');
  add('longest delay', summary.longestDelay, DELAY.lastDay, 0.2, 'Chapelle 2014', 'days');
  add(
    'cross-out rate',
    summary.crossOutRate,
    0.0015,
    0.4,
    'KuaiRand .05 %, raised threefold to be learnable',
  );
  add('cross-out rate, ad at 5 %', summary.crossOutRateOfAds[0], 0.0003, 0.7, 'target .03 to 1.5 % an ad');
  add('cross-out rate, ad at 95 %', summary.crossOutRateOfAds[1], 0.006, 0.7, 'target .03 to 1.5 % an ad');
  add('tail exponent', summary.zipfExponent, 1.05, 0.25, 'Zipf 1.0 to 1.1', 'ratio');
  add('click probability, p99 / p50', summary.clickSpread, 8.7, 0.5, 'iPinYou pCTR', 'ratio');
  ['p5', 'p25', 'p75', 'p95'].forEach((name, i) => {
    const published = [9 / 53, 20 / 53, 80 / 53, 198 / 53][i] ?? 0;
    add(
      `price of an impression, ${name} / p50`,
      summary.priceSpread[i],
      published,
      0.7,
      'iPinYou winning price',
      'ratio',
    );
  });
  add('births a day over live ads', summary.churn, 0.12, 0.2, 'new campaigns every day, about 12 %');
  add('explored impressions', summary.exploration, 0.02, 0.25, 'set');
  add('ads billed on conversions', summary.conversionBilledAds, 0.3, 0.1, 'set');
  add('traffic, largest gap of a half hour', largestTrafficGap(summary), 0, 0.003, 'Taobao, AuctionNet');
  return rows;
}

function largestTrafficGap(summary: LogSummary): number {
  const gaps = TRAFFIC.map((share, tick) => Math.abs((summary.traffic[tick] ?? 0) - share / TRAFFIC_SUM));
  return Math.max(...gaps);
}

/** Whether a figure lies within its tolerance. */
export function withinTolerance({ ours, published, tolerance }: Comparison): boolean {
  return Math.abs(ours - published) <= tolerance * (published === 0 ? 1 : published);
}
