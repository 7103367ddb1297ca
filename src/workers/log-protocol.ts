/**
 * What the page and the log worker say to each other. A log stays in the worker; the page gets figures of it. Plain data,
 * told apart by `kind`, parsed on both sides; `job` is that of the request.
 */

import type { ColumnMapping } from '../adlog/readers/layouts.ts';
import type { PositionRate, RatePoint } from '../adlog/readers/log-views.ts';
import type { Interval } from '../funnel/bootstrap.ts';
import type { CalibrationBin } from '../funnel/calibration-curve.ts';
import type { Estimate } from '../funnel/off-policy.ts';
import type { PolicyValue } from '../funnel/policy-value.ts';
import {
  boolean,
  byKind,
  instance,
  list,
  Malformed,
  nullable,
  number,
  object,
  oneOf,
  type Parsed,
  type Parser,
  string,
} from './schema.ts';

/** The readers' own problems, and those of the worker. */
export const LOG_FAILURES = [
  'empty',
  'binary',
  'too-large',
  'too-many-columns',
  'one-column',
  'no-label',
  'no-rows',
  'no-positives',
  'no-negatives',
  'unreadable',
  'cancelled',
  'no-inputs',
  'one-moment',
  'first-moment',
  'one-sided-earlier',
  'one-sided-later',
  'sample-missing',
  'out-of-memory',
  'busy',
  'failed',
  'worker-lost',
] as const;
export type LogFailure = (typeof LOG_FAILURES)[number];

/** Figures may be undefined on their rows: structured clones keep NaN. */
const figure: Parser<number> = (value) => {
  if (typeof value === 'number') return value;
  throw new Malformed(`expected a number, got ${typeof value}`);
};

const name = nullable(string);
export const columnMapping: Parser<ColumnMapping> = object<ColumnMapping>({
  label: string,
  user: name,
  ad: name,
  time: name,
  bid: name,
  propensity: name,
  position: name,
  categorical: list(string),
  numeric: list(string),
});

const inspection = object<{
  kind: 'delimited' | 'libsvm' | 'parquet';
  gzip: boolean;
  /** Comment lines before the rows, which are left out. */
  comments: number;
  layout: string | null;
  columns: string[];
  /** First rows as texts. */
  sample: string[][];
  mapping: ColumnMapping;
  leaks: { column: string; reason: 'name' | 'values'; message: string }[];
}>({
  kind: oneOf('delimited', 'libsvm', 'parquet'),
  gzip: boolean,
  comments: number,
  layout: nullable(string),
  columns: list(string),
  sample: list(list(string)),
  mapping: columnMapping,
  leaks: list(
    object<{ column: string; reason: 'name' | 'values'; message: string }>({
      column: string,
      reason: oneOf('name', 'values'),
      message: string,
    }),
  ),
});
export type Inspection = Parsed<typeof inspection>;

/** What a loaded log says before any model. Times are seconds since 1970. */
export type LoadedLog = {
  name: string;
  /** A sample of ours that was simulated. */
  simulated: boolean;
  layout: string | null;
  mapping: ColumnMapping;
  rows: number;
  positives: number;
  from: number | null;
  to: number | null;
  users: number | null;
  ads: number | null;
  smallestPropensity: number | null;
  largestPropensity: number | null;
  broken: { count: number; first: { line: number; reason: string }[] };
  /** Comment lines before the rows, which were left out. */
  comments: number;
  truncated: boolean;
  /** The rate over time, in stretches of so many seconds. */
  stretch: number;
  overTime: RatePoint[];
  positions: PositionRate[];
  /** Milliseconds from the file to here. */
  took: number;
};

const loadedLog = object<LoadedLog>({
  name: string,
  simulated: boolean,
  layout: nullable(string),
  mapping: columnMapping,
  rows: number,
  positives: number,
  from: nullable(number),
  to: nullable(number),
  users: nullable(number),
  ads: nullable(number),
  smallestPropensity: nullable(number),
  largestPropensity: nullable(number),
  broken: object<LoadedLog['broken']>({
    count: number,
    first: list(object<{ line: number; reason: string }>({ line: number, reason: string })),
  }),
  comments: number,
  truncated: boolean,
  stretch: number,
  overTime: list(object<RatePoint>({ time: number, rows: number, positives: number })),
  positions: list(
    object<PositionRate>({ position: number, rows: number, positives: number, expected: figure }),
  ),
  took: number,
});

const interval: Parser<Interval> = object<Interval>({ value: figure, low: figure, high: figure });
const estimate: Parser<Estimate> = object<Estimate>({
  value: figure,
  halfWidth: figure,
  effectiveSampleSize: figure,
});
const policyValue: Parser<PolicyValue> = object<PolicyValue>({
  ips: estimate,
  snips: estimate,
  dr: estimate,
  meanWeight: figure,
  clipped: figure,
});

/** Why nothing is said about other policies. */
export const NO_POLICY = ['no-propensity', 'simulated', 'no-ad', 'one-ad', 'too-many-ads'] as const;
export type NoPolicy = (typeof NO_POLICY)[number];

/** What other policies would have brought on the later part. */
export type Policies = {
  /** Rows that the estimates stand on, and the ads to choose among. */
  rows: number;
  ads: number;
  epsilon: number;
  /** Largest importance weight; Infinity where none is clipped. */
  clip: number;
  /** Rate of the rows as they were logged, with its interval. */
  logged: Interval;
  uniform: PolicyValue;
  greedy: PolicyValue;
};

const policies = object<Policies>({
  rows: number,
  ads: number,
  epsilon: number,
  clip: figure,
  logged: interval,
  uniform: policyValue,
  greedy: policyValue,
});

/** A VM that learnt the earlier part, judged on the later. */
export type JudgedLog = {
  backend: string;
  byTime: boolean;
  earlier: { rows: number; positives: number; used: number };
  later: { rows: number; positives: number; used: number };
  /** Normalised entropy: against always predicting the later part's own rate. */
  entropy: Interval;
  /** Normalised entropy of always predicting the earlier part's rate. */
  constantEntropy: number;
  calibration: Interval;
  auc: number;
  /** Whether intervals are by user, or else by stretches of rows. */
  byUser: boolean;
  curve: CalibrationBin[];
  policies: Policies | null;
  noPolicy: NoPolicy | null;
  took: number;
};

const part = object<JudgedLog['earlier']>({ rows: number, positives: number, used: number });
const judgedLog = object<JudgedLog>({
  backend: string,
  byTime: boolean,
  earlier: part,
  later: part,
  entropy: interval,
  constantEntropy: figure,
  calibration: interval,
  auc: figure,
  byUser: boolean,
  curve: list(
    object<CalibrationBin>({ rows: number, predicted: figure, observed: figure, low: figure, high: figure }),
  ),
  policies: nullable(policies),
  noPolicy: nullable(oneOf(...NO_POLICY)),
  took: number,
});

export type LogSource =
  | { kind: 'file'; file: Blob; name: string }
  | { kind: 'simulated'; url: string; name: string };

const source: Parser<LogSource> = byKind<LogSource>({
  file: object({ kind: oneOf('file'), file: instance(Blob), name: string }),
  simulated: object({ kind: oneOf('simulated'), url: string, name: string }),
});

/**
 * To the log worker, one job at a time. `inspect` looks at a file's beginning, `load` reads it all by a mapping, `judge`
 * trains on the earlier `share` of the loaded log and judges on the rest, `policies` asks anew with another ε or clip.
 */
export type LogRequest =
  | { kind: 'inspect'; job: number; file: Blob; mapping: ColumnMapping | null }
  | { kind: 'load'; job: number; source: LogSource; mapping: ColumnMapping | null }
  | {
      kind: 'judge';
      job: number;
      share: number;
      maxRows: number;
      epsilon: number;
      clip: number;
      backend: string;
    }
  | { kind: 'policies'; job: number; epsilon: number; clip: number }
  | { kind: 'cancel'; job: number };

export const logRequest: Parser<LogRequest> = byKind<LogRequest>({
  inspect: object({
    kind: oneOf('inspect'),
    job: number,
    file: instance(Blob),
    mapping: nullable(columnMapping),
  }),
  load: object({ kind: oneOf('load'), job: number, source, mapping: nullable(columnMapping) }),
  judge: object({
    kind: oneOf('judge'),
    job: number,
    share: number,
    maxRows: number,
    epsilon: number,
    clip: figure,
    backend: string,
  }),
  policies: object({ kind: oneOf('policies'), job: number, epsilon: number, clip: figure }),
  cancel: object({ kind: oneOf('cancel'), job: number }),
});

export const LOG_STAGES = ['read', 'train', 'judge', 'policies'] as const;
export type LogStage = (typeof LOG_STAGES)[number];

export type LogProblemReply = { ok: false; code: LogFailure; message: string };

/** From the log worker. `progress` of a stage from 0 to 1, with the rows so far while reading. */
export type LogReply =
  | { kind: 'progress'; job: number; stage: LogStage; share: number; rows: number }
  | { kind: 'inspected'; job: number; found: Inspection }
  | { kind: 'loaded'; job: number; log: LoadedLog }
  | { kind: 'judged'; job: number; judged: JudgedLog }
  | { kind: 'valued'; job: number; policies: Policies }
  | { kind: 'failed'; job: number; code: LogFailure; message: string };

export const logReply: Parser<LogReply> = byKind<LogReply>({
  progress: object({
    kind: oneOf('progress'),
    job: number,
    stage: oneOf(...LOG_STAGES),
    share: number,
    rows: number,
  }),
  inspected: object({ kind: oneOf('inspected'), job: number, found: inspection }),
  loaded: object({ kind: oneOf('loaded'), job: number, log: loadedLog }),
  judged: object({ kind: oneOf('judged'), job: number, judged: judgedLog }),
  valued: object({ kind: oneOf('valued'), job: number, policies }),
  failed: object({ kind: oneOf('failed'), job: number, code: oneOf(...LOG_FAILURES), message: string }),
});
