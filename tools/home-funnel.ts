/**
 * Writes public/samples/rank/home.json for the home page: what the early stage keeps of real requests, taught by the final
 * stage and not. Run by hand when those weights change: npx tsx tools/home-funnel.ts
 * The requests are those that Rank opens with, so that it shows the same; the one that is drawn is the one nearest to the means.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackLogs } from '../src/adlog/pack.ts';
import { DEFAULT_SETTINGS, FUNNEL } from '../src/adlog/settings.ts';
import { topOf } from '../src/funnel/consistency.ts';
import { courseOf, cutIndex, reportPassOn } from '../src/funnel/pass-on.ts';
import { estimatesOf, type RankerName, type ScoredRequest, valuesOf } from '../src/funnel/scored-request.ts';
import { loadFunnelModels } from '../src/inference/ranking/funnel-weights.ts';
import { scoreRequests } from '../src/inference/ranking/pass-on.ts';
import { type HomeFunnel, PAIR } from '../src/ui/app/home-funnel.ts';
import { ROOT } from './build.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';

const CUT = FUNNEL.early;

await startNodeEngine('wasm');
const models = await loadFunnelModels((folder) => folderSource(join(ROOT, 'public/models', folder)));
const requests: ScoredRequest[] = [];
for (const log of unpackLogs(readFileSync(join(ROOT, 'public/samples/adlogs/slice.bin'))))
  requests.push(...(await scoreRequests(log, models, { early: Object.values(PAIR) })));

const { lambda } = DEFAULT_SETTINGS;
const reports = reportPassOn(requests, lambda);
const recallOf = (ranker: RankerName) => {
  const at = reports.find((report) => report.ranker === ranker)?.recall[cutIndex(CUT)];
  if (!at) throw new Error(`no report of ${ranker}`);
  return at;
};
const recall = { plain: recallOf(PAIR.plain), taught: recallOf(PAIR.taught) };

/** How far a request is from the means of both rankers. */
function distance(request: ScoredRequest): number {
  const own = (ranker: RankerName) => courseOf(request, ranker, lambda).recall[cutIndex(CUT)] ?? 0;
  return Math.abs(own(PAIR.plain) - recall.plain.value) + Math.abs(own(PAIR.taught) - recall.taught.value);
}

const drawn = requests.reduce((best, one) => (distance(one) < distance(best) ? one : best));
const keptBy = (ranker: RankerName) => {
  const estimates = estimatesOf(drawn, ranker);
  return estimates ? topOf(valuesOf(drawn, estimates, lambda), CUT) : [];
};
const wanted = topOf(valuesOf(drawn, drawn.final, lambda), FUNNEL.final);
const rounded = ({ value, low, high }: { value: number; low: number; high: number }) => ({
  value: Number(value.toFixed(4)),
  low: Number(low.toFixed(4)),
  high: Number(high.toFixed(4)),
});

const result: HomeFunnel = {
  candidates: drawn.count,
  cut: CUT,
  requests: requests.length,
  request: requests.indexOf(drawn) + 1,
  recall: { plain: rounded(recall.plain), taught: rounded(recall.taught) },
  wanted,
  kept: { plain: keptBy(PAIR.plain), taught: keptBy(PAIR.taught) },
};
const folder = join(ROOT, 'public/samples/rank');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'home.json'), `${JSON.stringify(result)}\n`);
console.log(result.recall, `${requests.length} requests, request ${result.request} drawn`);
