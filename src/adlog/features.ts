import { type AdTable, CONTENT_UNIT, priceScore } from './ads';
import { log } from './arithmetic';
import { hash32 } from './random';
import type { Candidates, DayLog, RowColumns } from './schema';
import { ADS, CATEGORIES, DAY_SECONDS, DOMAINS, FUNNEL, TASTE } from './settings';
import { DEMOGRAPHICS, TOP_CATEGORIES, type UserDay, type UserTable } from './users';

/** Which side of a two-tower model a field belongs to; `pair` and `context` fields cannot be split off. */
export type Side = 'user' | 'ad' | 'context' | 'pair';

/** What an encoder may look at: observed columns and tables, nothing hidden. */
export interface FeatureSource {
  readonly rows: RowColumns;
  /** Slot of each row; absent for candidates, which have none yet. */
  readonly position?: Uint8Array;
  readonly users: UserTable;
  readonly userDay: UserDay;
  readonly ads: AdTable;
}

export interface CategoricalField {
  readonly name: string;
  readonly side: Side;
  /** Number of embedding rows; row 0 is the out-of-vocabulary bucket. */
  readonly rows: number;
  /** Embedding row of a logged row. */
  readonly read: (source: FeatureSource, row: number) => number;
}

export interface DenseField {
  readonly name: string;
  readonly side: Side;
  /** Numbers that the field contributes, each roughly in [-2, 2]. */
  readonly width: number;
  readonly read: (source: FeatureSource, row: number, part: number) => number;
}

/** The inputs of a model: an ordered list of fields. Encoded rows follow this order. */
export interface FeatureList {
  readonly name: string;
  readonly categorical: readonly CategoricalField[];
  readonly dense: readonly DenseField[];
}

/** `count` rows in the order of a feature list: embedding rows [count, fields] and numbers [count, width], row-major. */
export interface EncodedRows {
  readonly count: number;
  readonly categorical: Int32Array;
  readonly dense: Float32Array;
}

/** Buckets of hashed ids, the out-of-vocabulary bucket not counted. */
export const HASH_BUCKETS = { user: 2 ** 13, ad: 2 ** 13, campaign: 2 ** 12, advertiser: 2 ** 11 } as const;

/** Embedding row of a hashed id: 1 … buckets. Row 0 is kept for ids that are missing or not admitted. */
export function hashedRow(kind: keyof typeof HASH_BUCKETS, id: number): number {
  return 1 + ((hash32(HASH_BUCKETS[kind], id) >>> 0) % HASH_BUCKETS[kind]);
}

const userOf = (source: FeatureSource, row: number) => at(source.rows.user, row);
const adOf = (source: FeatureSource, row: number) => at(source.rows.ad, row);

function hashed(
  kind: keyof typeof HASH_BUCKETS,
  side: Side,
  read: CategoricalField['read'],
): CategoricalField {
  const rows = HASH_BUCKETS[kind] + 1;
  return { name: kind, side, rows, read: (source, row) => hashedRow(kind, read(source, row)) };
}

/** A field of `values` values, numbered from 0; larger ones are out of vocabulary. */
function coded(name: string, side: Side, values: number, read: CategoricalField['read']): CategoricalField {
  const toRow = (value: number) => (value < values ? value + 1 : 0);
  return { name, side, rows: values + 1, read: (source, row) => toRow(read(source, row)) };
}

function numeric(name: string, side: Side, read: DenseField['read'], width = 1): DenseField {
  return { name, side, width, read };
}

function topCategory(rank: number): CategoricalField {
  return coded(`top${rank + 1}`, 'user', CATEGORIES, (source, row) =>
    at(source.userDay.topCategories, userOf(source, row) * TOP_CATEGORIES + rank),
  );
}

const USER = hashed('user', 'user', userOf);
const AGE = coded('age', 'user', DEMOGRAPHICS.age, (s, row) => at(s.users.age, userOf(s, row)));
const GENDER = coded('gender', 'user', DEMOGRAPHICS.gender, (s, row) => at(s.users.gender, userOf(s, row)));
const CITY = coded('city', 'user', DEMOGRAPHICS.city, (s, row) => at(s.users.city, userOf(s, row)));
const DEVICE = coded('device', 'user', DEMOGRAPHICS.device, (s, row) => at(s.users.device, userOf(s, row)));
const [TOP1, TOP2, TOP3] = [topCategory(0), topCategory(1), topCategory(2)];
const AD = hashed('ad', 'ad', adOf);
const CAMPAIGN = hashed('campaign', 'ad', (s, row) => at(s.ads.campaign, adOf(s, row)));
const ADVERTISER = hashed('advertiser', 'ad', (s, row) => at(s.ads.advertiser, adOf(s, row)));
const CATEGORY = coded('category', 'ad', CATEGORIES, (s, row) => at(s.ads.category, adOf(s, row)));
const BILLING = coded('billing', 'ad', 2, (s, row) => at(s.ads.conversionBilled, adOf(s, row)));
const DOMAIN = coded('domain', 'context', DOMAINS.length, (s, row) => at(s.rows.domain, row));
const POSITION = coded('position', 'context', FUNNEL.slots, (s, row) =>
  s.position ? at(s.position, row) : 255,
);
const SEEN = coded('seen', 'pair', 8, (s, row) => Math.min(7, at(s.rows.seen, row)));

const ACTIONS = numeric(
  'actions',
  'user',
  (s, row) => log(1 + at(s.userDay.actions, userOf(s, row))) / 2 - 1,
);
const HISTORY = numeric(
  'history',
  'user',
  (s, row, part) => at(s.userDay.history, userOf(s, row) * TASTE + part) * CONTENT_UNIT,
  TASTE,
);
const LOG_BID = numeric('logBid', 'ad', (s, row) => bidScore(s.ads, adOf(s, row)));
const LOG_PRICE = numeric('logPrice', 'ad', (s, row) => priceScore(at(s.ads.price, adOf(s, row))));
const AD_AGE = numeric('adAge', 'ad', (s, row) => log(1 + ageInDays(s, row)) - 1.5);
const CONTENT = numeric(
  'content',
  'ad',
  (s, row, part) => at(s.ads.content, adOf(s, row) * TASTE + part) * CONTENT_UNIT,
  TASTE,
);
const CUES = numeric(
  'cues',
  'ad',
  (s, row, part) => at(s.ads.cues, adOf(s, row) * 2 + part) * CONTENT_UNIT,
  2,
);
const FATIGUE = numeric('fatigue', 'pair', (s, row) => log(1 + at(s.rows.seen, row)));
const INTEREST = numeric('interest', 'pair', (s, row) => at(s.rows.interest, row) / 64 - 0.5);
const CLICKED = numeric('clicked', 'pair', (s, row) => log(1 + at(s.rows.clicked, row)));

// All that is known of the visitor and of the ad, for models that can afford it.
const WHO = [USER, AGE, GENDER, CITY, DEVICE, TOP1, TOP2, TOP3];
const WHAT = [AD, CAMPAIGN, ADVERTISER, CATEGORY, BILLING];

/** Foundation model: pooled histories of all 16 dimensions, exact counters, creatives, every domain. */
export const FM_FEATURES: FeatureList = {
  name: 'fm',
  categorical: [...WHO, ...WHAT, DOMAIN, POSITION, SEEN],
  dense: [ACTIONS, HISTORY, LOG_PRICE, AD_AGE, CONTENT, FATIGUE, INTEREST, CLICKED],
};

/** Vertical model of one domain: ten cheap fields. */
export const VM_FEATURES: FeatureList = {
  name: 'vm',
  categorical: [AGE, GENDER, CITY, DEVICE, TOP1, AD, ADVERTISER, CATEGORY, POSITION, SEEN],
  dense: [],
};

/** Conversion model over all domains: the cheap fields, with domain and price. */
export const CONVERSION_FEATURES: FeatureList = {
  name: 'conversion',
  categorical: [AGE, GENDER, CITY, DEVICE, TOP1, AD, ADVERTISER, CATEGORY, DOMAIN],
  dense: [LOG_PRICE],
};

/** Early stage: only fields that split into a user tower (to which the domain belongs) and an ad tower. */
export const EARLY_FEATURES: FeatureList = {
  name: 'early',
  categorical: [...WHO, DOMAIN, ...WHAT],
  dense: [ACTIONS, HISTORY, LOG_BID, LOG_PRICE, AD_AGE],
};

/** Final stage: everything that is known when it ranks; there is no position yet. */
export const FINAL_FEATURES: FeatureList = {
  name: 'final',
  categorical: [...WHO, ...WHAT, DOMAIN, SEEN],
  dense: [ACTIONS, HISTORY, LOG_BID, LOG_PRICE, AD_AGE, CONTENT, CUES, FATIGUE, INTEREST, CLICKED],
};

export const FEATURE_LISTS = [
  FM_FEATURES,
  VM_FEATURES,
  CONVERSION_FEATURES,
  EARLY_FEATURES,
  FINAL_FEATURES,
] as const;

/** The same list without the fields of these names. */
export function withoutFields(features: FeatureList, ...names: string[]): FeatureList {
  const kept = (field: { name: string }) => !names.includes(field.name);
  return { ...features, categorical: features.categorical.filter(kept), dense: features.dense.filter(kept) };
}

/** The same list with the hashed ids of these names folded into so many buckets (powers of two, the out-of-vocabulary bucket not counted). */
export function withBuckets(
  features: FeatureList,
  buckets: Readonly<Partial<Record<keyof typeof HASH_BUCKETS, number>>>,
): FeatureList {
  const sizes: Readonly<Record<string, number | undefined>> = buckets;
  const categorical = features.categorical.map((field): CategoricalField => {
    const size = sizes[field.name];
    if (size === undefined || size + 1 >= field.rows) return field;
    const read: CategoricalField['read'] = (source, row) => {
      const wide = field.read(source, row);
      return wide === 0 ? 0 : 1 + ((wide - 1) % size);
    };
    return { ...field, rows: size + 1, read };
  });
  return { ...features, categorical };
}

/** Sum of the widths of the dense fields. */
export function denseWidth(features: FeatureList): number {
  return features.dense.reduce((sum, field) => sum + field.width, 0);
}

/** Encodes the given rows of a source (all rows where `rows` is absent). */
export function encodeRows(
  features: FeatureList,
  source: FeatureSource,
  count: number,
  rows?: ArrayLike<number>,
): EncodedRows {
  const size = rows?.length ?? count;
  const fields = features.categorical.length;
  const width = denseWidth(features);
  const categorical = new Int32Array(size * fields);
  const dense = new Float32Array(size * width);
  const rowAt = (i: number) => (rows ? (rows[i] as number) : i);
  features.categorical.forEach((field, f) => {
    for (let i = 0; i < size; i++) categorical[i * fields + f] = field.read(source, rowAt(i));
  });
  let offset = 0;
  for (const field of features.dense) {
    for (let i = 0; i < size; i++) {
      const start = i * width + offset;
      for (let part = 0; part < field.width; part++) dense[start + part] = field.read(source, rowAt(i), part);
    }
    offset += field.width;
  }
  return { count: size, categorical, dense };
}

/** The observed side of a day's impressions. */
export function impressionSource(log: DayLog): FeatureSource {
  const { impressions, users, userDay, ads } = log;
  return { rows: impressions, position: impressions.position, users, userDay, ads };
}

/** The observed side of a day's candidates, sampled or full. */
export function candidateSource(log: DayLog, rows: Candidates): FeatureSource {
  const { users, userDay, ads } = log;
  return { rows, users, userDay, ads };
}

function ageInDays(source: FeatureSource, row: number): number {
  return Math.max(0, at(source.rows.time, row) - at(source.ads.birth, adOf(source, row))) / DAY_SECONDS;
}

const LOG_BID_MEAN = log(ADS.bidShare) + ADS.priceMu;
const LOG_BID_SPREAD = Math.hypot(ADS.bidElasticity * ADS.priceSigma, ADS.bidSigma);

/** Standard score of a bid, brought to one click. */
function bidScore(ads: AdTable, ad: number): number {
  const rate = at(ads.conversionBilled, ad) === 1 ? ADS.meanConversionRate : 1;
  return (log(at(ads.bid, ad) * rate) - LOG_BID_MEAN) / LOG_BID_SPREAD;
}

/** A column's element; a row outside the column reads as 0. */
function at(column: ArrayLike<number>, row: number): number {
  return column[row] ?? 0;
}
