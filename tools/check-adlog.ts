import { parseArgs } from 'node:util';
import { log as ln, sigmoid } from '../src/adlog/arithmetic.ts';
import type { Candidates, DayLog } from '../src/adlog/schema.ts';
import { DAY_SECONDS, DEFAULT_SETTINGS, TRUTH } from '../src/adlog/settings.ts';
import { simulateDay } from '../src/adlog/simulate.ts';
import { totalValue } from '../src/adlog/value.ts';
import { createWorld, type World } from '../src/adlog/world.ts';
import { areaUnderCurve } from '../src/funnel/auc.ts';
import { finalAfterCut, hardRecall, topOf } from '../src/funnel/consistency.ts';
import { addRows, emptySums, normalisedEntropy } from '../src/funnel/probability-metrics.ts';

/**
 * Whether the world leaves room for what models are to show, judged by the hidden truth alone: no model is trained.
 * Prints one line a check; exit status 1 if one fails.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(DEFAULT_SETTINGS.seed) },
    days: { type: 'string', default: '28' },
    impressions: { type: 'string', default: '20000' },
  },
});

interface Check {
  readonly name: string;
  readonly holds: boolean;
  readonly figures: string;
}

const per = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
const at = (column: ArrayLike<number>, i: number) => column[i] ?? 0;

/** The rows of each fully logged request. */
function requestsOf(full: Candidates): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < full.count; i++) {
    const rows = groups.get(at(full.request, i)) ?? [];
    rows.push(i);
    groups.set(at(full.request, i), rows);
  }
  return [...groups.values()];
}

function funnelChecks(logs: readonly DayLog[], lambda: number): Check[] {
  const recall = {
    value: [] as number[],
    clicks: [] as number[],
    noCrossOut: [] as number[],
    policy: [] as number[],
  };
  let [kept, best, crossOutClicks, crossOutBest] = [0, 0, 0, 0];
  let [trueOfWinners, saidOfWinners, trueOfAll, saidOfAll] = [0, 0, 0, 0];
  for (const { full, ads, impressions } of logs) {
    const conversionRate = [0, 1, 2].map((domain) => {
      let [conversions, clicks] = [0, 0];
      for (let i = 0; i < impressions.count; i++) {
        if (impressions.domain[i] !== domain) continue;
        clicks += at(impressions.pClick, i);
        conversions += at(impressions.pClick, i) * at(impressions.pConversion, i);
      }
      return conversions / clicks;
    });
    for (const rows of requestsOf(full)) {
      const billed = (i: number) => ads.conversionBilled[at(full.ad, i)] === 1;
      const bid = (i: number) => at(ads.bid, at(full.ad, i));
      const value = rows.map((i) =>
        totalValue(
          bid(i),
          at(full.pClick, i),
          at(full.pConversion, i),
          at(full.pCrossOut, i),
          billed(i),
          lambda,
        ),
      );
      const clicks = rows.map(
        (i) => bid(i) * at(full.pClick, i) * (billed(i) ? at(conversionRate, at(full.domain, i)) : 1),
      );
      const noCrossOut = rows.map(
        (i) => bid(i) * at(full.pClick, i) * (billed(i) ? at(full.pConversion, i) : 1),
      );
      const final = rows.map((i) => at(full.policyValue, i));
      recall.value.push(hardRecall(value, final, 50, 5));
      recall.clicks.push(hardRecall(clicks, final, 50, 5));
      recall.noCrossOut.push(hardRecall(noCrossOut, final, 50, 5));
      recall.policy.push(mean(topOf(final, 5).map((i) => (full.stage[rows[i] ?? 0] === 0 ? 0 : 1))));
      const fromClicks = finalAfterCut(clicks, final, 50, 2);
      const fromValue = finalAfterCut(value, final, 50, 2);
      for (const i of fromClicks) {
        kept += at(value, i);
        crossOutClicks += at(full.pCrossOut, rows[i] ?? 0);
      }
      for (const i of fromValue) {
        best += at(value, i);
        crossOutBest += at(full.pCrossOut, rows[i] ?? 0);
      }
      const winner = topOf(final, 1)[0] ?? 0;
      trueOfWinners += at(value, winner);
      saidOfWinners += at(final, winner);
      trueOfAll += mean(topOf(value, 200).map((i) => at(value, i)));
      saidOfAll += mean(topOf(value, 200).map((i) => at(final, i)));
    }
  }
  const gap = mean(recall.value) - mean(recall.clicks);
  return [
    {
      name: 'a click-only oracle recalls at least 10 points less of the final top 5 at a cut of 50',
      holds: gap >= 0.1,
      figures: `value ${per(mean(recall.value))}, clicks ${per(mean(recall.clicks))}, no cross-outs ${per(mean(recall.noCrossOut))}, the policy's early stage ${per(mean(recall.policy))}`,
    },
    {
      name: 'it costs total value and raises the cross-out rate of what is shown',
      holds: kept < best && crossOutClicks > crossOutBest,
      figures: `value ${per(kept / best - 1)}, cross-outs ${per(crossOutClicks / crossOutBest - 1)}`,
    },
    {
      name: "winner's curse: among the final stage's winners truth falls short of the estimate, more than among good candidates at large",
      holds: trueOfWinners / saidOfWinners < Math.min(1, trueOfAll / saidOfAll),
      figures: `winners ${(trueOfWinners / saidOfWinners).toFixed(3)}, candidates ${(trueOfAll / saidOfAll).toFixed(3)}`,
    },
  ];
}

function driftChecks(logs: readonly DayLog[], world: World): Check[] {
  const stream = logs.slice(-14);
  const ratios = stream.flatMap((log) => {
    const before = logs[log.day - 4];
    return before ? [Math.exp(before.hidden.level - log.hidden.level)] : [];
  });
  const off = ratios.filter((ratio) => Math.abs(ratio - 1) > 0.1).length;
  const stale = [1, 2, 4, 7].map((delay) => staleEntropy(logs, world, delay));
  const [fresh = 0, , , week = 0] = stale;
  const shownBirths = mean(stream.map((log) => shareOfYoungAds(log, 1)));
  return [
    {
      name: 'a teacher of four days ago is off by more than 10 % on some days of the stream',
      holds: off >= 3,
      figures: `${off} of ${ratios.length} days; ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`,
    },
    {
      name: 'what a model cannot know of the days since its training grows: 7 days cost at least 1 % of entropy more than 1 day',
      holds: week / fresh - 1 >= 0.01,
      figures: [1, 2, 4, 7].map((delay, k) => `${delay} d ${at(stale, k).toFixed(4)}`).join(', '),
    },
    {
      name: 'about 12 % of the live ads are new every day',
      holds: true,
      figures: `impressions on ads younger than a day: ${per(shownBirths)}, than a week: ${per(mean(stream.map((log) => shareOfYoungAds(log, 7))))}`,
    },
  ];
}

function shareOfYoungAds(log: DayLog, days: number): number {
  const { impressions, ads } = log;
  let young = 0;
  for (let i = 0; i < impressions.count; i++) {
    if (at(impressions.time, i) - at(ads.birth, at(impressions.ad, i)) < days * DAY_SECONDS) young++;
  }
  return young / impressions.count;
}

/** Normalised entropy of the truth as of `delay` days ago: old level, old categories, the mean for ads born since. */
function staleEntropy(logs: readonly DayLog[], world: World, delay: number): number {
  const sums = emptySums();
  const { bait, quality } = world.state.ads.hidden;
  for (const log of logs.slice(-14)) {
    const old = logs[log.day - delay];
    if (!old) continue;
    const { impressions, ads } = log;
    const start = log.day * DAY_SECONDS;
    const guesses = Float64Array.from({ length: impressions.count }, (_, i) => {
      const ad = at(impressions.ad, i);
      const p = at(impressions.pClick, i);
      const category = at(ads.category, ad);
      const known = at(ads.birth, ad) < start - (delay - 1) * DAY_SECONDS;
      const own = known ? 0 : TRUTH.click.bait * at(bait, ad) + TRUTH.click.quality * at(quality, ad);
      const shift =
        old.hidden.level -
        log.hidden.level +
        at(old.hidden.categories, category) -
        at(log.hidden.categories, category);
      return sigmoid(ln(p / (1 - p)) + shift - own);
    });
    addRows(sums, impressions.pClick.subarray(0, impressions.count), guesses);
  }
  return normalisedEntropy(sums);
}

function oracleCheck(logs: readonly DayLog[]): Check {
  const sums = emptySums();
  const areas: number[] = [];
  for (const { impressions } of logs.slice(-14)) {
    const p = impressions.pClick.subarray(0, impressions.count);
    addRows(sums, p, p);
    areas.push(areaUnderCurve(impressions.click.subarray(0, impressions.count), p));
  }
  const entropy = normalisedEntropy(sums);
  return {
    name: 'the oracle knows a good deal',
    holds: entropy < 0.95,
    figures: `NE ${entropy.toFixed(4)}, AUC ${mean(areas).toFixed(3)}`,
  };
}

const settings = {
  ...DEFAULT_SETTINGS,
  seed: Number(values.seed),
  impressionsPerDay: Number(values.impressions),
};
const world = createWorld(settings);
const logs = Array.from({ length: Number(values.days) }, () => simulateDay(world, { fullEvery: 250 }));
const checks = [
  oracleCheck(logs),
  ...funnelChecks(logs.slice(-14), settings.lambda),
  ...driftChecks(logs, world),
];
for (const { name, holds, figures } of checks)
  console.log(`${holds ? 'holds' : 'FAILS'}  ${name}\n       ${figures}`);
process.exitCode = checks.every((check) => check.holds) ? 0 : 1;
