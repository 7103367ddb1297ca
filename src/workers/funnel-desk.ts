/** What the funnel worker does, without the worker: scores logged requests with every model and makes figures of them. */
import type { DayLog } from '../adlog/schema.ts';
import { DAY_SECONDS } from '../adlog/settings.ts';
import { reportFrontier, reportPassOn, reportReplay } from '../funnel/pass-on.ts';
import {
  type Estimates,
  estimatesOf,
  type RankerName,
  type ScoredRequest,
} from '../funnel/scored-request.ts';
import { reportCalibration, reportWinnersCurse } from '../funnel/stage-calibration.ts';
import { earlyCost } from '../inference/ranking/early-stage.ts';
import { FINAL_COST } from '../inference/ranking/final-stage.ts';
import type { FunnelModels } from '../inference/ranking/funnel-models.ts';
import {
  changeLog,
  featuresOf,
  LOOK_FIELD_NAMES,
  LOOK_FIELDS,
  type LookChange,
  lookAgain,
} from '../inference/ranking/look.ts';
import { requestRows, scoreRequests } from '../inference/ranking/pass-on.ts';
import type {
  CutValue,
  LookedRequest,
  PassOnFigures,
  PlainEstimates,
  ReplayFigures,
} from './funnel-protocol.ts';

/** Cuts whose replayed value is set against their cost. */
export const COST_CUTS = [5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400] as const;

/** λ by which outcomes are valued, whatever λ the auctions are run with: the world's own. */
const WORLD_LAMBDA = 10;

/** A request among the days' logs. */
interface Place {
  readonly log: DayLog;
  readonly rows: readonly number[];
}

/** Scores every fully logged request of these days, once. */
export async function openFunnel(
  logs: readonly DayLog[],
  models: FunnelModels,
  onProgress: (share: number) => void,
) {
  const scored: ScoredRequest[] = [];
  for (const [i, log] of logs.entries()) {
    scored.push(
      ...(await scoreRequests(log, models, { onProgress: (share) => onProgress((i + share) / logs.length) })),
    );
  }
  const places: Place[] = logs.flatMap((log) => requestRows(log.full).map((rows) => ({ log, rows })));
  const calibration = reportCalibration(scored);

  return {
    requests: scored.length,
    candidates: scored.reduce((sum, { count }) => sum + count, 0),

    passOn(lambda: number): PassOnFigures {
      return {
        lambda,
        rankers: reportPassOn(scored, lambda),
        calibration,
        curse: reportWinnersCurse(scored, lambda),
        cuts: COST_CUTS.flatMap((cut) => cutValues(scored, lambda, cut)),
      };
    },

    replay(lambda: number, cut: number): ReplayFigures {
      const settings = { lambda, cut, judgeLambda: WORLD_LAMBDA };
      return {
        lambda,
        cut,
        replay: reportReplay(scored, settings),
        frontier: reportFrontier(scored, settings),
      };
    },

    /** One request as an early ranker and the final stage see it, with features changed. @throws RangeError */
    async look(index: number, ranker: RankerName, changes: readonly LookChange[]): Promise<LookedRequest> {
      const place = places[Math.min(places.length - 1, Math.max(0, index))];
      if (!place) throw new RangeError('The sample has no request in full.');
      const { log, rows } = place;
      const asked = ranker === 'oracle' ? [] : [ranker];
      const request = await lookAgain(log, rows, models, changes, asked);
      const early = estimatesOf(request, ranker);
      if (!early) throw new RangeError(`The request was not scored by ${ranker}.`);
      const features = featuresOf(changeLog(log, rows, changes), rows);
      return {
        index: places.indexOf(place),
        day: request.day,
        time: request.time % DAY_SECONDS,
        ad: [...request.ad],
        stage: [...request.stage],
        bid: [...request.bid],
        conversionBilled: [...request.conversionBilled],
        early: plain(early),
        final: plain(request.final),
        truth: plain(request.truth),
        fields: LOOK_FIELD_NAMES.map((name) => {
          const { scope, min, max, step } = LOOK_FIELDS[name];
          return { name, scope, min, max, step, values: [...features[name]] };
        }),
      };
    },
  };
}

export type Funnel = Awaited<ReturnType<typeof openFunnel>>;

function plain({ pClick, pConversion, pCrossOut }: Estimates): PlainEstimates {
  return { pClick: [...pClick], pConversion: [...pConversion], pCrossOut: [...pCrossOut] };
}

function cutValues(scored: readonly ScoredRequest[], lambda: number, cut: number): CutValue[] {
  const candidates = scored.reduce((sum, { count }) => sum + count, 0) / scored.length;
  return reportReplay(scored, { lambda, cut, judgeLambda: WORLD_LAMBDA }, 60).map(
    ({ ranker, totalValue }) => ({
      ranker,
      cut,
      cost: stageCost(ranker, candidates, cut),
      value: totalValue,
    }),
  );
}

/** Multiply-adds of a request: the early stage on all candidates, the final one on those that are kept. Ads' towers are kept between requests. */
export function stageCost(ranker: RankerName, candidates: number, cut: number): number {
  if (ranker === 'oracle') return Number.NaN;
  const { request, candidate } = earlyCost(ranker);
  return request + candidates * candidate + Math.min(cut, candidates) * FINAL_COST;
}
