import { FUNNEL } from '../adlog/settings';
import { bootstrapByUser, type Interval } from './bootstrap';
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
  /** Of the total sums; the first over the second where absent. */
  readonly of?: (sums: Float64Array) => number;
}

const LAMBDA_OF_WORLD = 10;
const CUT = FUNNEL.early;

/** Users of different seeds are different people. */
const SEED_STRIDE = 2 ** 20;

function measure({ sums, of = ratio }: Figure, seeds: readonly SeedRequests[], rounds: number) {
  const rows = seeds.map(({ requests }) => requests.map(sums));
  const width = rows[0]?.[0]?.length ?? 0;
  const people = new Map<number, number>();
  const users = seeds.flatMap(({ requests }, s) =>
    requests.map(({ user }) => {
      const key = s * SEED_STRIDE + user;
      const place = people.get(key) ?? people.size;
      people.set(key, place);
      return place;
    }),
  );
  const perUser = new Float64Array(people.size * width);
  rows.flat().forEach((row, i) => {
    addTo(perUser, (users[i] ?? 0) * width, row);
  });
  const bySeed = rows.map((own) => {
    const total = new Float64Array(width);
    for (const row of own) addTo(total, 0, row);
    return of(total);
  });
  return { pooled: bootstrapByUser(perUser, width, of, { rounds }), bySeed };
}

function ratio(sums: Float64Array): number {
  return (sums[0] ?? 0) / (sums[1] ?? 0);
}

function addTo(sums: Float64Array, start: number, row: Float64Array): void {
  for (let k = 0; k < row.length; k++) sums[start + k] = (sums[start + k] ?? 0) + (row[k] ?? 0);
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

type Outcome = ReturnType<typeof replayAuction>;

/** Difference of a rate of replayed auctions, by the sums over all requests. */
function replayGain(
  name: string,
  rate: { readonly over: (outcome: Outcome) => number; readonly per: (outcome: Outcome) => number },
  lambda: number,
): Figure {
  const settings = { lambda, cut: CUT };
  return {
    name,
    sums: (request) =>
      Float64Array.from(
        (['distilled', 'clicks'] as const).flatMap((ranker) => {
          const outcome = replayAuction(request, ranker, settings);
          return [rate.over(outcome), rate.per(outcome)];
        }),
      ),
    of: ([better = 0, betterCount = 0, worse = 0, worseCount = 0]) =>
      better / betterCount - worse / worseCount,
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
        { over: ({ totalValue }) => totalValue, per: () => 1 },
        lambda,
      ),
      0,
      true,
      seeds,
      rounds,
    ),
    claim(
      replayGain(
        'cross-outs of an impression, distilled − clicks',
        { over: ({ crossOuts }) => crossOuts / 1000, per: ({ placements }) => placements },
        lambda,
      ),
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
  const among = (name: string, depth: number): Figure => ({
    name,
    sums: (request) => curseSums(request, 'final', lambda).slice(4 * depth, 4 * depth + 2),
  });
  const claims = [claim(among('clicks over predicted clicks among winners', 0), 1, false, seeds, rounds)];
  const reported = [
    among('clicks over predicted clicks among the top five', 1),
    among('clicks over predicted clicks among the top fifty', 2),
    among('clicks over predicted clicks among all candidates', 3),
  ].map((figure) => ({ name: figure.name, ...measure(figure, seeds, rounds) }));
  return { holds: claims.every(({ holds }) => holds), claims, reported };
}
