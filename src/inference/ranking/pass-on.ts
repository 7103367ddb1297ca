import { candidateSource, type FeatureSource } from '../../adlog/features.ts';
import type { Candidates, DayLog } from '../../adlog/schema.ts';
import { DAY_SECONDS } from '../../adlog/settings.ts';
import {
  EARLY_MODELS,
  type EarlyModelName,
  type Estimates,
  type ScoredRequest,
} from '../../funnel/scored-request.ts';
import { encodeEarly, estimateEarly } from './early-stage.ts';
import { encodeFinal, estimateFinal } from './final-stage.ts';
import type { FunnelModels } from './funnel-models.ts';

/** Candidates that models score at once. */
const CHUNK = 4000;

export interface ScoreOptions {
  /** Early models to ask; all where absent. */
  readonly early?: readonly EarlyModelName[];
  /** How many of the day's requests, at most. */
  readonly limit?: number;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** What every model says of some rows of a source. */
export async function estimateAll(
  models: FunnelModels,
  source: FeatureSource,
  rows: ArrayLike<number>,
  early: readonly EarlyModelName[] = EARLY_MODELS,
): Promise<{ final: Estimates; early: Partial<Record<EarlyModelName, Estimates>> }> {
  const domain = Array.from(rows, (row) => source.rows.domain[row] ?? 0);
  const final = await estimateFinal(models.final, encodeFinal(source, rows.length, rows));
  const sides = encodeEarly(source, rows.length, rows);
  const said: Partial<Record<EarlyModelName, Estimates>> = {};
  for (const name of early)
    said[name] = await estimateEarly(models.early[name], sides, domain, models.counts);
  return { final, early: said };
}

/** The fully logged requests of a day, each with what every model says of its candidates. @throws an AbortError. */
export async function scoreRequests(
  log: DayLog,
  models: FunnelModels,
  { early = EARLY_MODELS, limit = Number.POSITIVE_INFINITY, onProgress, signal }: ScoreOptions = {},
): Promise<ScoredRequest[]> {
  const source = candidateSource(log, log.full);
  const groups = requestRows(log.full).slice(0, limit);
  const scored: ScoredRequest[] = [];
  while (scored.length < groups.length) {
    signal?.throwIfAborted();
    const batch = nextChunk(groups, scored.length);
    const said = await estimateAll(models, source, batch.flat(), early);
    let start = 0;
    for (const rows of batch) {
      const part = (estimates: Estimates) => slice(estimates, start, start + rows.length);
      const own: Partial<Record<EarlyModelName, Estimates>> = {};
      for (const name of early) {
        const estimates = said.early[name];
        if (estimates) own[name] = part(estimates);
      }
      scored.push({ ...describeRequest(log, rows), final: part(said.final), early: own });
      start += rows.length;
    }
    onProgress?.(scored.length / groups.length);
  }
  return scored;
}

/** Whole requests from `first` on, up to about CHUNK candidates and at least one. */
function nextChunk(groups: readonly number[][], first: number): number[][] {
  const chunk: number[][] = [];
  let size = 0;
  for (let i = first; i < groups.length && (size === 0 || size < CHUNK); i++) {
    const rows = groups[i] ?? [];
    chunk.push(rows);
    size += rows.length;
  }
  return chunk;
}

/** Rows of each request, in the order of the log. */
export function requestRows(full: Candidates): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < full.count; i++) {
    const request = full.request[i] ?? 0;
    const rows = groups.get(request);
    if (rows) rows.push(i);
    else groups.set(request, [i]);
  }
  return [...groups.values()];
}

/** What the log itself says of a request, the hidden truth among it. */
export function describeRequest(
  log: DayLog,
  rows: readonly number[],
): Omit<ScoredRequest, 'final' | 'early'> {
  const { full, ads, users } = log;
  const first = rows[0] ?? 0;
  const [time, user] = [full.time[first] ?? 0, full.user[first] ?? 0];
  const ad = Uint16Array.from(rows, (row) => full.ad[row] ?? 0);
  return {
    day: log.day,
    request: full.request[first] ?? 0,
    time,
    user,
    ageGroup: users.age[user] ?? 0,
    domain: full.domain[first] ?? 0,
    count: rows.length,
    ad,
    adAge: Float32Array.from(ad, (id) => Math.max(0, time - (ads.birth[id] ?? 0)) / DAY_SECONDS),
    category: Uint8Array.from(ad, (id) => ads.category[id] ?? 0),
    bid: Float32Array.from(ad, (id) => ads.bid[id] ?? 0),
    conversionBilled: Uint8Array.from(ad, (id) => ads.conversionBilled[id] ?? 0),
    stage: Uint8Array.from(rows, (row) => full.stage[row] ?? 0),
    truth: {
      pClick: Float32Array.from(rows, (row) => full.pClick[row] ?? 0),
      pConversion: Float32Array.from(rows, (row) => full.pConversion[row] ?? 0),
      pCrossOut: Float32Array.from(rows, (row) => full.pCrossOut[row] ?? 0),
    },
  };
}

function slice({ pClick, pConversion, pCrossOut }: Estimates, start: number, end: number): Estimates {
  return {
    pClick: pClick.slice(start, end),
    pConversion: pConversion.slice(start, end),
    pCrossOut: pCrossOut.slice(start, end),
  };
}
