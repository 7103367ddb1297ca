import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../src/adlog/settings.ts';
import { EARLY_MODELS, type Estimates, type ScoredRequest } from '../../src/funnel/scored-request.ts';
import { asCount, asList, asObject } from '../../src/inference/engine/parse.ts';
import { trainFunnelModels } from '../../src/inference/ranking/funnel-training.ts';
import { keep, recall, runFolder } from './cache.ts';
import { hashOf } from './code-hash.ts';
import type { WorldSettings } from './trials.ts';

/** Requests of the stream's first days, scored by funnel models that have learnt the days before. */

const JUDGED_DAYS = 3;
/** About so many requests are judged a day. */
const REQUESTS_A_DAY = 240;
const REQUESTS_PER_IMPRESSION = 0.5;

function fileOf(seed: number, settings: WorldSettings): string {
  const folder = runFolder(hashOf(['tools/ranking/funnel-trial.ts'], settings));
  return join(folder, `seed-${seed}-requests.bin`);
}

export async function playFunnel(
  seed: number,
  settings: WorldSettings,
  say: (line: string) => void,
): Promise<readonly ScoredRequest[]> {
  const kept = keptRequests(seed, settings);
  if (kept) return kept;
  const { impressionsPerDay, pretrainDays } = settings;
  const { requests } = await trainFunnelModels(
    {
      world: { ...DEFAULT_SETTINGS, seed, impressionsPerDay },
      seed,
      days: pretrainDays + JUDGED_DAYS,
      judgeFrom: pretrainDays,
      fullEvery: Math.max(1, Math.floor((impressionsPerDay * REQUESTS_PER_IMPRESSION) / REQUESTS_A_DAY)),
    },
    { onDay: (day) => say(`funnel, seed ${seed}, day ${day - pretrainDays}`) },
  );
  keep(fileOf(seed, settings), requests);
  return requests;
}

/** Requests that a finished run of this very code left; undefined where there is none. */
export function keptRequests(seed: number, settings: WorldSettings): readonly ScoredRequest[] | undefined {
  const kept = recall(fileOf(seed, settings));
  return kept === undefined ? undefined : asList(kept, 'requests', asRequest);
}

function asRequest(value: unknown, path: string): ScoredRequest {
  const request = asObject(value, path);
  const count = (name: string) => asCount(request[name], `${path}.${name}`);
  const column = <T extends ArrayLike<number>>(name: string, type: new (length: number) => T): T => {
    const found = request[name];
    if (!(found instanceof type)) throw new RangeError(`${path}.${name} is no column.`);
    return found;
  };
  const early = asObject(request.early, `${path}.early`);
  const scored = EARLY_MODELS.filter((name) => name in early);
  return {
    day: count('day'),
    request: count('request'),
    time: count('time'),
    user: count('user'),
    ageGroup: count('ageGroup'),
    domain: count('domain'),
    count: count('count'),
    ad: column('ad', Uint16Array),
    adAge: column('adAge', Float32Array),
    category: column('category', Uint8Array),
    bid: column('bid', Float32Array),
    conversionBilled: column('conversionBilled', Uint8Array),
    stage: column('stage', Uint8Array),
    truth: asEstimates(request.truth, `${path}.truth`),
    final: asEstimates(request.final, `${path}.final`),
    early: Object.fromEntries(
      scored.map((name) => [name, asEstimates(early[name], `${path}.early.${name}`)]),
    ),
  };
}

function asEstimates(value: unknown, path: string): Estimates {
  const { pClick, pConversion, pCrossOut } = asObject(value, path);
  if (
    !(pClick instanceof Float32Array) ||
    !(pConversion instanceof Float32Array) ||
    !(pCrossOut instanceof Float32Array)
  )
    throw new RangeError(`${path} lacks a column.`);
  return { pClick, pConversion, pCrossOut };
}
