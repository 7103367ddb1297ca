import { FUNNEL } from '../adlog/settings';
import { bootstrapRatios, type Interval } from './bootstrap';
import { courseOf, cutIndex, replayAuction } from './pass-on';
import type { EarlyModelName, RankerName, ScoredRequest } from './scored-request';
import { curseSums } from './stage-calibration';

/** The requests of one seed of the world, as scored by models that had not learnt their day. */
export interface SeedRequests {
  readonly seed: number;
  readonly requests: readonly ScoredRequest[];
}

/** A claim over several seeds: it holds if the pooled interval lies beyond the bound and every seed is on its side. */
export interface Claim {
  readonly name: string;
  readonly pooled: Interval;
  readonly bySeed: readonly number[];
  /** The claim is that the figure is above (or below) this. */
  readonly bound: number;
  readonly above: boolean;
  readonly holds: boolean;
}

export interface Judgement {
  readonly holds: boolean;
  readonly claims: readonly Claim[];
  /** Figures that are reported, whatever they are. */
  readonly reported: readonly {
    readonly name: string;
    readonly pooled: Interval;
    readonly bySeed: readonly number[];
  }[];
}

/** A figure of some requests as a function of sums over them, each request contributing `sums`. */
interface Figure {
  readonly name: string;
  readonly sums: (request: ScoredRequest) => Float64Array;
}

const LAMBDA_OF_WORLD = 10;
const CUT = FUNNEL.early;

/** Users of different seeds are different people. */
const SEED_STRIDE = 2 ** 20;

function measure({ sums }: Figure, seeds: readonly SeedRequests[], rounds: number) {
  const rows = seeds.flatMap(({ requests }) => requests.map(sums));
  const users = seeds.flatMap(({ requests }, s) => requests.map(({ user }) => s * SEED_STRIDE + user));
  const pooled = bootstrapRatios(users, rows, rounds)[0];
  const bySeed = seeds.map(({ requests }) => {
    let [above, below] = [0, 0];
    for (const request of requests) {
      const own = sums(request);
      above += own[0] ?? 0;
      below += own[1] ?? 0;
    }
    return above / below;
  });
  return { pooled: pooled ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN }, bySeed };
}

function claim(
  figure: Figure,
  bound: number,
  above: boolean,
  seeds: readonly SeedRequests[],
  rounds: number,
): Claim {
  const { pooled, bySeed } = measure(figure, seeds, rounds);
  const beyond = above ? pooled.low > bound : pooled.high < bound;
  const agree = bySeed.every((value) => (above ? value > bound : value < bound));
  return { name: figure.name, pooled, bySeed, bound, above, holds: seeds.length > 0 && beyond && agree };
}

/** Difference of the recall of the final top five at a cut of 50. */
function recallGain(name: string, better: RankerName, worse: RankerName, lambda: number): Figure {
  const at = cutIndex(CUT);
  const recall = (request: ScoredRequest, ranker: RankerName) =>
    courseOf(request, ranker, lambda).recall[at] ?? 0;
  return { name, sums: (request) => Float64Array.of(recall(request, better) - recall(request, worse), 1) };
}

function replayGain(
  name: string,
  pick: (outcome: ReturnType<typeof replayAuction>) => number,
  lambda: number,
  perPlacement: boolean,
): Figure {
  const settings = { lambda, cut: CUT };
  return {
    name,
    sums: (request) => {
      const better = replayAuction(request, 'distilled', settings);
      const worse = replayAuction(request, 'clicks', settings);
      if (!perPlacement) return Float64Array.of(pick(better) - pick(worse), 1);
      // Rates of an impression: each side by its own number of placements, which the cut can change.
      return Float64Array.of(
        pick(better) / Math.max(1, better.placements) - pick(worse) / Math.max(1, worse.placements),
        1,
      );
    },
  };
}

/**
 * Truth 6: at a cut of 50 the distilled multi-task model recalls at least ten points more of the final top five than clicks
 * alone, and more than separate models at no more multiply-adds; in replayed auctions value rises and cross-outs fall.
 */
export function judgeEarlyStage(
  seeds: readonly SeedRequests[],
  multiplyAdds: (model: EarlyModelName) => number,
  { lambda = LAMBDA_OF_WORLD, rounds = 1000 }: { lambda?: number; rounds?: number } = {},
): Judgement {
  const gain = (better: RankerName, worse: RankerName) =>
    recallGain(`recall at ${CUT}, ${better} − ${worse}`, better, worse, lambda);
  const claims = [
    claim(gain('distilled', 'clicks'), 0.1, true, seeds, rounds),
    claim(gain('distilled', 'separate'), 0, true, seeds, rounds),
    costClaim(multiplyAdds('distilled'), multiplyAdds('separate')),
    claim(
      replayGain(
        'total value of a thousand requests, distilled − clicks',
        (o) => o.totalValue,
        lambda,
        false,
      ),
      0,
      true,
      seeds,
      rounds,
    ),
    claim(
      replayGain('cross-outs of an impression, distilled − clicks', (o) => o.crossOuts / 1000, lambda, true),
      0,
      false,
      seeds,
      rounds,
    ),
  ];
  const reported = [
    gain('multi-task', 'clicks'),
    gain('multi-task', 'separate'),
    gain('distilled', 'multi-task'),
    gain('mmoe', 'distilled'),
    gain('relation', 'distilled'),
    gain('oracle', 'distilled'),
  ].map((figure) => ({ name: figure.name, ...measure(figure, seeds, rounds) }));
  return { holds: claims.every(({ holds }) => holds), claims, reported };
}

function costClaim(own: number, others: number): Claim {
  const ratio = own / others;
  return {
    name: 'multiply-adds for a candidate, distilled over separate',
    pooled: { value: ratio, low: ratio, high: ratio },
    bySeed: [],
    bound: 1,
    above: false,
    holds: ratio <= 1,
  };
}

/** Truth 7: among the first of each request, by the final stage's own value, true clicks fall short of predicted ones. */
export function judgeWinnersCurse(
  seeds: readonly SeedRequests[],
  { lambda = LAMBDA_OF_WORLD, rounds = 1000 }: { lambda?: number; rounds?: number } = {},
): Judgement {
  const ratio = (name: string, depth: number): Figure => ({
    name,
    sums: (request) => curseSums(request, 'final', lambda).slice(4 * depth, 4 * depth + 2),
  });
  const claims = [claim(ratio('clicks over predicted clicks among winners', 0), 1, false, seeds, rounds)];
  const reported = [
    ratio('clicks over predicted clicks among the top five', 1),
    ratio('clicks over predicted clicks among the top fifty', 2),
    ratio('clicks over predicted clicks among all candidates', 3),
  ].map((figure) => ({ name: figure.name, ...measure(figure, seeds, rounds) }));
  return { holds: claims.every(({ holds }) => holds), claims, reported };
}
