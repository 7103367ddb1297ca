import { type AdTable, CONTENT_UNIT } from '../../adlog/ads.ts';
import { candidateSource, type FeatureSource } from '../../adlog/features.ts';
import type { DayLog } from '../../adlog/schema.ts';
import { CATEGORIES, DAY_SECONDS, DOMAINS } from '../../adlog/settings.ts';
import { DEMOGRAPHICS } from '../../adlog/users.ts';
import type { EarlyModelName, ScoredRequest } from '../../funnel/scored-request.ts';
import type { FunnelModels } from './funnel-models.ts';
import { describeRequest, estimateAll } from './pass-on.ts';

/** A feature in the units that people think in, and how to set it for one row of a source that may be written to. */
interface Field {
  /** A field of the request is the same for all its candidates. */
  readonly scope: 'candidate' | 'request';
  readonly min: number;
  readonly max: number;
  /** Whole numbers that stand for choices, or plain whole numbers, have a step of one. */
  readonly step: number;
  readonly read: (source: FeatureSource, row: number) => number;
  readonly write: (source: FeatureSource, row: number, value: number) => void;
}

const adOf = ({ rows }: FeatureSource, row: number) => rows.ad[row] ?? 0;
const userOf = ({ rows }: FeatureSource, row: number) => rows.user[row] ?? 0;

type AdColumn = { [K in keyof AdTable]: AdTable[K] extends ArrayLike<number> ? K : never }[keyof AdTable];

function ofAd(column: AdColumn, min: number, max: number, step: number): Field {
  return {
    ...{ scope: 'candidate', min, max, step },
    read: (source, row) => source.ads[column][adOf(source, row)] ?? 0,
    write: (source, row, value) => {
      source.ads[column][adOf(source, row)] = value;
    },
  };
}

function cue(part: 0 | 1): Field {
  return {
    ...{ scope: 'candidate', min: -4, max: 4, step: CONTENT_UNIT },
    read: (source, row) => (source.ads.cues[adOf(source, row) * 2 + part] ?? 0) * CONTENT_UNIT,
    write: (source, row, value) => {
      source.ads.cues[adOf(source, row) * 2 + part] = Math.round(value / CONTENT_UNIT);
    },
  };
}

function ofRow(column: 'seen' | 'clicked', max: number): Field {
  return {
    ...{ scope: 'candidate', min: 0, max, step: 1 },
    read: ({ rows }, row) => rows[column][row] ?? 0,
    write: ({ rows }, row, value) => {
      rows[column][row] = value;
    },
  };
}

function ofUser(column: keyof typeof DEMOGRAPHICS): Field {
  return {
    ...{ scope: 'request', min: 0, max: DEMOGRAPHICS[column] - 1, step: 1 },
    read: (source, row) => source.users[column][userOf(source, row)] ?? 0,
    write: (source, row, value) => {
      source.users[column][userOf(source, row)] = value;
    },
  };
}

/**
 * What can be read and changed of a candidate: bid and price in currency, ad age in days, billing (1: conversions), category,
 * the judges' view of bait and quality in standard scores, earlier impressions and clicks, organic actions in the category,
 * and the request's domain and user.
 */
export const LOOK_FIELDS = {
  bid: ofAd('bid', 0.01, 1000, 0.01),
  price: ofAd('price', 1, 10_000, 1),
  adAge: {
    ...{ scope: 'candidate', min: 0, max: 120, step: 0.1 },
    read: (source, row) =>
      Math.max(0, (source.rows.time[row] ?? 0) - (source.ads.birth[adOf(source, row)] ?? 0)) / DAY_SECONDS,
    write: (source, row, value) => {
      source.ads.birth[adOf(source, row)] = (source.rows.time[row] ?? 0) - value * DAY_SECONDS;
    },
  },
  billing: ofAd('conversionBilled', 0, 1, 1),
  category: ofAd('category', 0, CATEGORIES - 1, 1),
  bait: cue(0),
  quality: cue(1),
  seen: ofRow('seen', 32),
  clicked: ofRow('clicked', 20),
  interest: {
    ...{ scope: 'candidate', min: 0, max: 500, step: 1 },
    read: ({ rows }, row) => 2 ** ((rows.interest[row] ?? 0) / 16) - 1,
    write: ({ rows }, row, value) => {
      rows.interest[row] = Math.min(255, Math.round(16 * Math.log2(1 + value)));
    },
  },
  domain: {
    ...{ scope: 'request', min: 0, max: DOMAINS.length - 1, step: 1 },
    read: ({ rows }, row) => rows.domain[row] ?? 0,
    write: ({ rows }, row, value) => {
      rows.domain[row] = value;
    },
  },
  age: ofUser('age'),
  gender: ofUser('gender'),
  city: ofUser('city'),
  device: ofUser('device'),
} as const satisfies Record<string, Field>;

export type LookField = keyof typeof LOOK_FIELDS;
export const LOOK_FIELD_NAMES = Object.keys(LOOK_FIELDS) as LookField[];

/** A change of one feature of one candidate (by its place in the request), or of all where the field is the request's. */
export interface LookChange {
  readonly field: LookField;
  readonly candidate: number;
  readonly value: number;
}

/** Values of every field for each candidate of a request; `rows` are its rows in `log.full`. */
export function featuresOf(log: DayLog, rows: readonly number[]): Record<LookField, Float32Array> {
  const source = candidateSource(log, log.full);
  const read = (field: LookField) => Float32Array.from(rows, (row) => LOOK_FIELDS[field].read(source, row));
  return Object.fromEntries(LOOK_FIELD_NAMES.map((field) => [field, read(field)])) as Record<
    LookField,
    Float32Array
  >;
}

/** The log with the changes made, sharing with the old one only what is not touched. Values are clamped to their fields. */
export function changeLog(log: DayLog, rows: readonly number[], changes: readonly LookChange[]): DayLog {
  if (changes.length === 0) return log;
  const { ads, users, full } = log;
  const changed: DayLog = {
    ...log,
    full: {
      ...full,
      seen: full.seen.slice(),
      clicked: full.clicked.slice(),
      interest: full.interest.slice(),
      domain: full.domain.slice(),
    },
    ads: {
      ...ads,
      bid: ads.bid.slice(),
      price: ads.price.slice(),
      birth: ads.birth.slice(),
      conversionBilled: ads.conversionBilled.slice(),
      category: ads.category.slice(),
      cues: ads.cues.slice(),
    },
    users: {
      age: users.age.slice(),
      gender: users.gender.slice(),
      city: users.city.slice(),
      device: users.device.slice(),
    },
  };
  const source = candidateSource(changed, changed.full);
  for (const { field, candidate, value } of changes) {
    const { scope, min, max, write } = LOOK_FIELDS[field];
    const clamped = Math.max(min, Math.min(max, value));
    const touched = scope === 'request' ? rows : rows.slice(candidate, candidate + 1);
    for (const row of touched) write(source, row, clamped);
  }
  return changed;
}

/**
 * The request scored anew by every model after the changes: features are encoded and predicted again, so a bid moves both the
 * value and what the models make of it. The truth stays that of the log: it holds for candidates that were not changed.
 */
export async function lookAgain(
  log: DayLog,
  rows: readonly number[],
  models: FunnelModels,
  changes: readonly LookChange[] = [],
  early?: readonly EarlyModelName[],
): Promise<ScoredRequest> {
  const changed = changeLog(log, rows, changes);
  const said = await estimateAll(models, candidateSource(changed, changed.full), rows, early);
  return { ...describeRequest(changed, rows), ...said };
}
