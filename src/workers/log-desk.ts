/** What the log worker does, without the worker: keeps the log that was loaded last, and what a model says of it. */
import { ArchiveError } from '../adlog/archive.ts';
import { unpackLogs } from '../adlog/pack.ts';
import { inspectLog, leaksOf } from '../adlog/readers/index.ts';
import { type ColumnMapping, detectLayout } from '../adlog/readers/layouts.ts';
import { loadLog } from '../adlog/readers/load.ts';
import { adCatalogue, positionRates, rateOverTime } from '../adlog/readers/log-views.ts';
import { type RealLog, splitByTime, summariseRealLog } from '../adlog/readers/real-log.ts';
import { logOfSimulation } from '../adlog/readers/simulated-log.ts';
import { areaUnderCurve } from '../funnel/auc.ts';
import { bootstrapByUser, type Interval, sumByUser } from '../funnel/bootstrap.ts';
import { calibrationCurve } from '../funnel/calibration-curve.ts';
import { greedyValue, type ScoredDecisions, uniformValue } from '../funnel/policy-value.ts';
import { crossEntropy } from '../funnel/probability-metrics.ts';
import { rateInterval } from '../funnel/proportion.ts';
import {
  createLogModel,
  type LogModel,
  type Pace,
  predictLog,
  scoreEveryAd,
  trainLogModel,
} from '../inference/ranking/log-model.ts';
import type {
  Inspection,
  JudgedLog,
  LoadedLog,
  LogProblemReply,
  LogRequest,
  LogSource,
  LogStage,
  NoPolicy,
  Policies,
} from './log-protocol.ts';

type Answer<T> = ({ ok: true } & T) | LogProblemReply;

export type DeskPorts = {
  /** Starts the tensor engine; its backend's name. */
  engine: (backend: string) => Promise<string>;
  fetchBytes: (url: string) => Promise<Uint8Array | null>;
  now: () => number;
  /** Lets messages through. */
  breathe: () => Promise<void>;
};

export type Told = (stage: LogStage, share: number, rows: number) => void;

/** Stretches of time on the chart of rates, at most about this many. */
const STRETCHES = 84;
/** Rows of the sample that the column mapper shows. */
const SHOWN = 4;
/** More ads than this cannot be scored one by one in every place. */
const MOST_ADS = 500;
/** Predictions that estimates of other policies may cost. */
const SCORES = 400_000;
/** Rows of the later part that are judged, at most; more would not change a figure that is shown. */
const JUDGED_ROWS = 200_000;
const SEED = 7;

export function createLogDesk({ engine, fetchBytes, now, breathe }: DeskPorts) {
  let log: RealLog | null = null;
  let isSimulated = false;
  let scored: ScoredDecisions | null = null;

  async function inspect(file: Blob, mapping: ColumnMapping | null): Promise<Answer<{ found: Inspection }>> {
    const looked = await inspectLog(file);
    if (!looked.ok) return looked;
    const { format, layout } = looked;
    const wanted = mapping ?? looked.mapping;
    const found: Inspection = {
      kind: format.kind,
      gzip: format.gzip,
      comments: format.comments,
      layout: layout?.title ?? null,
      columns: [...format.columns],
      sample: format.sample.slice(0, SHOWN).map((row) => row.map((text) => text.slice(0, 60))),
      mapping: copyMapping(wanted),
      leaks: leaksOf(format, wanted).map((leak) => ({ ...leak })),
    };
    return { ok: true, found };
  }

  async function load(
    source: LogSource,
    mapping: ColumnMapping | null,
    signal: AbortSignal,
    told: Told,
  ): Promise<Answer<{ log: LoadedLog }>> {
    const started = now();
    const read =
      source.kind === 'simulated'
        ? await readSlice(source.url)
        : await readFile(source.file, mapping, signal, told);
    if (!read.ok) return read;
    if (signal.aborted) return problem('cancelled', '');
    // Only now: whatever goes wrong before leaves the earlier log as it was.
    log = read.log;
    isSimulated = source.kind === 'simulated';
    scored = null;
    return {
      ok: true,
      log: {
        name: source.name,
        simulated: isSimulated,
        layout: read.layout,
        comments: read.comments,
        ...figuresOf(read.log),
        took: now() - started,
      },
    };
  }

  async function readFile(
    file: Blob,
    mapping: ColumnMapping | null,
    signal: AbortSignal,
    told: Told,
  ): Promise<Answer<{ log: RealLog; layout: string | null; comments: number }>> {
    const looked = await inspectLog(file);
    if (!looked.ok) return looked;
    const read = await loadLog(file, looked.format, mapping ?? looked.mapping, {
      signal,
      onProgress: (share, rows) => told('read', share, rows),
    });
    if (!read.ok) return read;
    const layout = detectLayout(looked.format.columns)?.title ?? null;
    return { ok: true, log: read, layout, comments: looked.format.comments };
  }

  async function readSlice(url: string): Promise<Answer<{ log: RealLog; layout: null; comments: number }>> {
    const bytes = await fetchBytes(url);
    if (!bytes) return problem('sample-missing', url);
    try {
      return { ok: true, log: logOfSimulation(unpackLogs(bytes)), layout: null, comments: 0 };
    } catch (error) {
      if (error instanceof ArchiveError) return problem('sample-missing', error.message);
      throw error;
    }
  }

  async function judge(
    asked: Extract<LogRequest, { kind: 'judge' }>,
    signal: AbortSignal,
    told: Told,
  ): Promise<Answer<{ judged: JudgedLog }>> {
    const read = log;
    if (!read) return problem('failed', 'no log is loaded');
    if (read.categorical.length + read.numeric.length === 0) return problem('no-inputs', '');
    const started = now();
    const { earlier, later } = splitByTime(read, asked.share);
    const [learnt, unseen] = [countOf(read, earlier), countOf(read, later)];
    // Rows of one moment are not parted, so there may be nothing before the split.
    if (learnt.rows === 0) return problem(isOneMoment(read) ? 'one-moment' : 'first-moment', '');
    if (!bothSides(learnt)) return problem('one-sided-earlier', '');
    if (!bothSides(unseen)) return problem('one-sided-later', '');
    const backend = await engine(asked.backend);
    // The latest rows before the split: closest to what is judged.
    const used = earlier.subarray(Math.max(0, earlier.length - asked.maxRows));
    const model = createLogModel(read, used, SEED);
    const pace = (stage: LogStage): Pace => ({
      signal,
      onProgress: (share) => told(stage, share, 0),
      breathe,
    });
    if (!(await trainLogModel(model, read, used, pace('train')))) return problem('cancelled', '');
    const judgedRows = evenly(later, JUDGED_ROWS);
    const predictions = await predictLog(model, read, judgedRows, pace('judge'));
    if (!predictions) return problem('cancelled', '');
    const labels = Float32Array.from(judgedRows, (row) => read.label[row] ?? 0);
    const policies = await scorePolicies(read, model, later, pace('policies'));
    if (policies === 'cancelled') return problem('cancelled', '');
    scored = typeof policies === 'string' ? null : policies;
    const { entropy, calibration } = intervals(read, judgedRows, labels, predictions);
    return {
      ok: true,
      judged: {
        backend,
        byTime: read.time !== null,
        earlier: { ...learnt, used: used.length },
        later: { ...unseen, used: judgedRows.length },
        entropy,
        constantEntropy: constantEntropy(labels, learnt.positives / learnt.rows),
        calibration,
        auc: areaUnderCurve(labels, predictions),
        byUser: read.user !== null,
        curve: calibrationCurve(labels, predictions, curveBins(unseen.positives)),
        policies: scored ? valuesOf(scored, asked.epsilon, asked.clip) : null,
        noPolicy: typeof policies === 'string' ? policies : null,
        took: now() - started,
      },
    };
  }

  async function scorePolicies(
    read: RealLog,
    model: LogModel,
    later: Uint32Array,
    pace: Pace,
  ): Promise<ScoredDecisions | NoPolicy | 'cancelled'> {
    if (isSimulated) return 'simulated';
    if (!read.propensity) return 'no-propensity';
    const catalogue = adCatalogue(read);
    if (!catalogue) return 'no-ad';
    const ads = catalogue.ids.length;
    if (ads < 2) return 'one-ad';
    if (ads > MOST_ADS) return 'too-many-ads';
    const { propensity } = read;
    // What is no probability says nothing of how likely an ad was.
    const known = later.filter((row) => (propensity[row] ?? 0) > 0 && (propensity[row] ?? 0) <= 1);
    if (known.length === 0) return 'no-propensity';
    const rows = evenly(known, Math.floor(SCORES / ads));
    const scores = await scoreEveryAd(model, read, rows, catalogue, pace);
    if (!scores) return 'cancelled';
    return {
      ads,
      scores,
      shown: Int32Array.from(rows, (row) => catalogue.ofRow[row] ?? 0),
      reward: Float32Array.from(rows, (row) => read.label[row] ?? 0),
      propensity: Float32Array.from(rows, (row) => propensity[row] ?? 0),
    };
  }

  return {
    inspect,
    load,
    judge,
    policies(epsilon: number, clip: number): Answer<{ policies: Policies }> {
      return scored
        ? { ok: true, policies: valuesOf(scored, epsilon, clip) }
        : problem('failed', 'nothing is scored');
    },
  };
}

export function problem(code: LogProblemReply['code'], message: string): LogProblemReply {
  return { ok: false, code, message };
}

function copyMapping(mapping: ColumnMapping): ColumnMapping {
  return { ...mapping, categorical: [...mapping.categorical], numeric: [...mapping.numeric] };
}

function figuresOf(log: RealLog): Omit<LoadedLog, 'name' | 'simulated' | 'layout' | 'comments' | 'took'> {
  const { positions: _, rate: __, ...summary } = summariseRealLog(log);
  const { stretch, points } = rateOverTime(log, STRETCHES);
  return {
    ...summary,
    mapping: copyMapping(log.mapping),
    broken: { count: log.broken.count, first: [...log.broken.first] },
    truncated: log.truncated,
    stretch,
    overTime: points,
    positions: positionRates(log),
  };
}

function valuesOf(scored: ScoredDecisions, epsilon: number, clip: number): Policies {
  const rows = scored.reward.length;
  let positives = 0;
  for (let row = 0; row < rows; row++) positives += scored.reward[row] ?? 0;
  return {
    rows,
    ads: scored.ads,
    epsilon,
    clip,
    logged: { value: positives / rows, ...rateInterval(positives, rows) },
    uniform: uniformValue(scored, clip),
    greedy: greedyValue(scored, epsilon, clip),
  };
}

function countOf(log: RealLog, rows: Uint32Array): { rows: number; positives: number } {
  return { rows: rows.length, positives: rows.reduce((sum, row) => sum + (log.label[row] ?? 0), 0) };
}

function isOneMoment({ time }: RealLog): boolean {
  return time?.every((moment) => moment === time[0]) ?? false;
}

function bothSides({ rows, positives }: { rows: number; positives: number }): boolean {
  return positives > 0 && positives < rows;
}

/** At most `most` of the rows, evenly spread over them. */
function evenly(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)] ?? 0);
}

/** A bin needs some positives to say anything. */
function curveBins(positives: number): number {
  return Math.max(2, Math.min(12, Math.floor(positives / 8)));
}

function constantEntropy(labels: Float32Array, rate: number): number {
  const mean = labels.reduce((sum, y) => sum + y, 0) / labels.length;
  return crossEntropy(mean, rate) / crossEntropy(mean, mean);
}

/** Groups that are drawn together; the bootstrap's time goes with their number. */
const GROUPS = 1000;
const ROUNDS = 400;

/** Normalised entropy and calibration with 95 % intervals: bootstrap by user, or by stretches of rows where users are unknown. */
function intervals(
  log: RealLog,
  rows: Uint32Array,
  labels: Float32Array,
  predictions: Float32Array,
): { entropy: Interval; calibration: Interval } {
  const { user } = log;
  const group = Uint32Array.from(rows, (row, i) =>
    user ? (user[row] ?? 0) % GROUPS : Math.floor((i * GROUPS) / rows.length),
  );
  const losses = labels.map((y, i) => crossEntropy(y, predictions[i] ?? 0));
  const ones = new Float32Array(rows.length).fill(1);
  const sums = sumByUser(GROUPS, group, [ones, labels, predictions, losses]);
  const options = { rounds: ROUNDS, seed: SEED };
  return {
    entropy: bootstrapByUser(
      sums,
      4,
      ([n = 0, label = 0, , loss = 0]) => loss / (n * crossEntropy(label / n, label / n)),
      options,
    ),
    calibration: bootstrapByUser(sums, 4, ([, label = 0, prediction = 0]) => prediction / label, options),
  };
}

export type LogDesk = ReturnType<typeof createLogDesk>;
