/**
 * Everything that a visitor can set in Rank, in one table. The address holds what differs from the defaults, so that a
 * link brings back what was seen; what cannot be read in an address falls back to its default.
 */
import { DOMAINS } from '../../adlog/settings.ts';
import { RANKERS } from '../../funnel/scored-request.ts';
import { FM_SIZES } from '../../inference/ranking/teach-run.ts';

/** One entry of the address: `read` gives null for what it cannot take. */
export type Control<T> = {
  readonly initial: T;
  read(text: string): T | null;
  write(value: T): string;
};

function choice<const T extends string>(initial: T, values: readonly T[]): Control<T> {
  return { initial, read: (text) => values.find((value) => value === text) ?? null, write: (value) => value };
}

/** A number within limits, in steps from the lower one. */
export type NumberControl = Control<number> & {
  readonly min: number;
  readonly max: number;
  readonly step: number;
};

function number(initial: number, min: number, max: number, step: number): NumberControl {
  const digits = `${step}`.split('.')[1]?.length ?? 0;
  const snap = (value: number) => Number((min + Math.round((value - min) / step) * step).toFixed(digits));
  return {
    initial,
    min,
    max,
    step,
    read(text) {
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? snap(value) : null;
    },
    write: (value) => `${value}`,
  };
}

function flag(initial: boolean): Control<boolean> {
  return {
    initial,
    read: (text) => (text === 'on' ? true : text === 'off' ? false : null),
    write: (value) => (value ? 'on' : 'off'),
  };
}

export const VIEWS = ['teach', 'pass-on', 'look', 'your-log'] as const;
export type ViewName = (typeof VIEWS)[number];

export const TEACH_CHARTS = ['ne', 'calibration', 'auc', 'xray', 'ledger', 'sizes'] as const;
export type TeachChart = (typeof TEACH_CHARTS)[number];

/**
 * Impressions a day that can be chosen; the last is the simulator's full day. The shipped weights have learnt the world of
 * 30,000, and the finished runs go on in it; a page trains 10,000 in good time.
 */
export const ROWS = ['2000', '10000', '30000', '100000'] as const;

export const PASS_ON_PANELS = ['recall', 'value', 'crossouts', 'calibration', 'curse'] as const;
export type PassOnPanel = (typeof PASS_ON_PANELS)[number];

export const MEASURES = ['recall', 'soft', 'ndcg', 'regret'] as const;
export type Measure = (typeof MEASURES)[number];

/** Rows of a visitor's log that a model learns from at most, and the largest importance weights. */
export const LEARN_ROWS = ['50000', '200000', '1000000', '2000000'] as const;
export const CLIPS = ['10', '100', '1000', 'none'] as const;

/** By the name in the address. */
export const CONTROLS = {
  view: choice('teach', VIEWS),
  seed: number(7, 1, 9999, 1),

  // The world.
  level: flag(true),
  categories: flag(true),
  interests: flag(true),
  churn: flag(true),
  mix: flag(true),
  rows: choice('30000', ROWS),
  days: number(14, 1, 14, 1),

  // The teacher.
  fm: choice('middle', FM_SIZES),
  /** In quarters of a day. */
  delay: number(1, 0, 7, 0.25),
  refresh: number(1, 0.25, 7, 0.25),
  outage: flag(false),

  // The student.
  domain: choice('feed', [...DOMAINS, 'all']),
  teach: choice('auxiliary', ['none', 'one-head', 'auxiliary']),
  gradient: flag(true),
  label: flag(true),
  adapter: flag(true),
  w: number(1, 0, 5, 0.1),
  alpha: number(5, 1, 20, 0.5),
  beta: number(2, 1, 20, 0.5),

  // The funnel: Pass on and Look.
  early: choice('distilled', RANKERS),
  cut: number(50, 1, 400, 1),
  /** Millions of multiply-adds a request; 0 for none. */
  budget: number(0, 0, 20, 0.5),
  lambda: number(10, 0, 80, 2.5),
  panel: choice('recall', PASS_ON_PANELS),
  measure: choice('recall', MEASURES),
  /** Among those that are scored in full, however many the sample has. At first one that loses some of its winners. */
  request: number(4, 1, 999, 1),
  /** The ad that is looked at; 0 for the one that says most. */
  ad: number(0, 0, 65_535, 1),
  /** Changes of its features and the request's, as `editText` writes them. */
  edit: text(/^[a-zA-Z0-9.:~-]{0,400}$/),

  // Your log.
  share: number(70, 30, 90, 5),
  learn: choice('200000', LEARN_ROWS),
  epsilon: number(0.1, 0, 1, 0.05),
  clip: choice('100', CLIPS),

  // What is looked at.
  chart: choice('ne', TEACH_CHARTS),
  /** Day that the cursor is on, from 1; 0 is the last one that there is. */
  day: number(0, 0, 14, 1),
  /** Settings of the pinned run, as {@link runText} writes them. */
  pin: text(/^[a-z0-9.:~-]{0,400}$/),
} as const;

function text(allowed: RegExp): Control<string> {
  return { initial: '', read: (value) => (allowed.test(value) ? value : null), write: (value) => value };
}

export type ControlName = keyof typeof CONTROLS;
type ValueOf<C> = C extends Control<infer T> ? T : never;
export type Controls = { [K in ControlName]: ValueOf<(typeof CONTROLS)[K]> };

export const CONTROL_NAMES = Object.keys(CONTROLS) as ControlName[];

export const INITIAL_CONTROLS: Controls = readControls('');

/** The controls of an address (its part from the `?`); unknown entries and impossible values are passed over. */
export function readControls(search: string): Controls {
  const entries = new URLSearchParams(search);
  return fromEntries((name) => entries.get(name));
}

function fromEntries(entry: (name: ControlName) => string | null): Controls {
  const result: Record<string, unknown> = {};
  for (const name of CONTROL_NAMES) {
    const control: Control<unknown> = CONTROLS[name];
    const written = entry(name);
    result[name] = (written === null ? null : control.read(written)) ?? control.initial;
  }
  // Each value was read by its own entry of the table.
  return result as Controls;
}

/** What an address says of the controls: entries in the order of the table, defaults left out. */
export function writeControls(controls: Controls): [ControlName, string][] {
  return CONTROL_NAMES.flatMap((name) => {
    const control = CONTROLS[name] as Control<unknown>;
    const value: unknown = controls[name];
    return value === control.initial ? [] : [[name, control.write(value)] as [ControlName, string]];
  });
}

/** The address's query after a change; entries that are not controls (backend, hide, theme) stay as they are. */
export function addressOf(controls: Controls, search: string): string {
  const entries = new URLSearchParams(search);
  for (const name of CONTROL_NAMES) entries.delete(name);
  for (const [name, value] of writeControls(controls)) entries.set(name, value);
  const query = entries.toString();
  return query ? `?${query}` : '';
}

/** The names in `hide=seed,level,…`: an embedding page hides these controls; their values hold all the same. */
export function hiddenControls(search: string): ReadonlySet<ControlName> {
  const named = (new URLSearchParams(search).get('hide') ?? '').split(',');
  return new Set(CONTROL_NAMES.filter((name) => named.includes(name)));
}

/** The controls that a run depends on. */
export const RUN_CONTROLS = [
  'seed',
  'level',
  'categories',
  'interests',
  'churn',
  'mix',
  'rows',
  'days',
  'fm',
  'delay',
  'refresh',
  'outage',
  'domain',
  'teach',
  'gradient',
  'label',
  'adapter',
  'w',
  'alpha',
  'beta',
] as const satisfies readonly ControlName[];

const isRunControl = (name: ControlName) => (RUN_CONTROLS as readonly ControlName[]).includes(name);

/** Settings of a run in few letters, for the address: `teach:none~w:2`; `as-set` where all are the defaults. */
export function runText(controls: Controls): string {
  const entries = writeControls(controls).filter(([name]) => isRunControl(name));
  return entries.length ? entries.map(([name, value]) => `${name}:${value}`).join('~') : 'as-set';
}

/** The controls with the settings of such a text in place of their own. */
export function withRun(controls: Controls, runSettings: string): Controls {
  const entries = new Map(runSettings.split('~').map((part) => part.split(':') as [string, string]));
  const read = fromEntries((name) => (isRunControl(name) ? (entries.get(name) ?? null) : null));
  const kept = CONTROL_NAMES.filter((name) => !isRunControl(name)).map((name) => [name, controls[name]]);
  return { ...read, ...Object.fromEntries(kept) };
}
