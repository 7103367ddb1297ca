import { describe, expect, it } from 'vitest';
import type { JudgedLog, LoadedLog, Policies } from '../../../workers/log-protocol.ts';
import { roleOf, withPart, withUse } from './mapper.tsx';
import { judgedSentences, logSentences, policySentences } from './sentences.ts';

const mapping = {
  label: 'click',
  user: null,
  ad: 'ad',
  time: 'time',
  bid: null,
  propensity: null,
  position: 'slot',
  categorical: ['ad', 'slot', 'site'],
  numeric: ['price'],
} as const;

const log: LoadedLog = {
  name: 'log.csv',
  simulated: false,
  layout: null,
  mapping,
  rows: 10_000,
  positives: 100,
  from: Date.UTC(2019, 10, 24) / 1000,
  to: Date.UTC(2019, 10, 30) / 1000,
  users: null,
  ads: 34,
  smallestPropensity: null,
  largestPropensity: null,
  broken: { count: 0, first: [] },
  comments: 0,
  truncated: false,
  stretch: 3600,
  overTime: [],
  positions: [],
  took: 1,
};

describe('what a log says', () => {
  it('is its size, its days and its rate with the interval', () => {
    expect(logSentences(log)).toEqual([
      '10\u2009000 rows from 24 Nov 2019 to 30 Nov 2019; 100 were clicked: 1.00 % (0.823 % to 1.21 %).',
    ]);
  });

  it('names no dates where times are counted from a zero of its own', () => {
    const [size, zero] = logSentences({ ...log, from: 0, to: 10 * 86_400 });
    expect(size).toMatch(/^10\u2009000 rows; 100/);
    expect(zero).toContain('they span 10.0 days');
  });

  it('includes the comments that were left out', () => {
    expect(logSentences({ ...log, comments: 1 })[1]).toBe('A comment line before the rows was left out.');
    expect(logSentences({ ...log, comments: 3 })[1]).toContain('3 comment lines');
  });

  it('says of times that are all equal that they put nothing in order', () => {
    const [size, moment] = logSentences({ ...log, to: log.from });
    expect(size).toMatch(/^10\u2009000 rows; 100/);
    expect(moment).toContain('All rows have the same time, 24 Nov 2019');
    expect(logSentences({ ...log, from: 0, to: 0 })[1]).toMatch(/^All rows have the same time: /);
  });

  it('includes the first broken row by its line', () => {
    const broken = { count: 2, first: [{ line: 7, reason: '2 fields instead of 3' }] };
    expect(logSentences({ ...log, broken })[1]).toBe(
      '2 rows could not be used. The first is line 7: 2 fields instead of 3.',
    );
  });

  it('names a position only where it differs beyond chance from what its ads bring', () => {
    const fair = { position: 2, rows: 5000, positives: 45, expected: 50 };
    const strong = { position: 1, rows: 5000, positives: 100, expected: 50 };
    expect(logSentences({ ...log, positions: [strong, fair] })[1]).toContain('Position 1 gets 2.00 times');
    expect(logSentences({ ...log, positions: [fair, { ...fair, position: 3 }] })[1]).toContain(
      'within chance',
    );
  });
});

const judged: JudgedLog = {
  backend: 'wasm',
  byTime: true,
  earlier: { rows: 70_000, positives: 2000, used: 70_000 },
  later: { rows: 30_000, positives: 800, used: 30_000 },
  entropy: { value: 0.95, low: 0.94, high: 0.96 },
  constantEntropy: 1.001,
  calibration: { value: 1.2, low: 1.1, high: 1.3 },
  auc: 0.7,
  byUser: true,
  curve: [],
  policies: null,
  noPolicy: null,
  took: 1,
};

describe('what a model’s figures say', () => {
  it('is how far it beats the constant rate, and which way it is off', () => {
    const [better, over] = judgedSentences(judged);
    expect(better).toContain('5.00 % below');
    expect(better).toContain('0.950 (0.940 to 0.960)');
    expect(over).toBe('It predicts 20 % (10 % to 30 %) too many clicks there.');
  });

  it('is nothing where the interval holds both', () => {
    const even = { value: 1, low: 0.9, high: 1.1 };
    const sentences = judgedSentences({ ...judged, entropy: even, calibration: even });
    expect(sentences[0]).toContain('cannot be told');
    expect(sentences[1]).toContain('within chance');
  });

  it('warns of a log with few clicks before anything else', () => {
    const few = { ...judged.earlier, positives: 48 };
    expect(judgedSentences({ ...judged, earlier: few })[0]).toContain('Only 48 clicks');
  });
});

describe('what is said of other policies', () => {
  const estimate = (value: number, halfWidth: number, effectiveSampleSize = 900) => ({
    value,
    halfWidth,
    effectiveSampleSize,
  });
  const policy = (value: number, halfWidth: number, ess?: number) => ({
    ips: estimate(value, halfWidth, ess),
    snips: estimate(value, halfWidth, ess),
    dr: estimate(value, halfWidth, ess),
    meanWeight: 1,
    clipped: 0,
  });
  const policies: Policies = {
    rows: 3000,
    ads: 34,
    epsilon: 0.1,
    clip: 100,
    logged: { value: 0.006, low: 0.004, high: 0.009 },
    uniform: policy(0.005, 0.002),
    greedy: policy(0.02, 0.005),
  };

  it('follows the intervals', () => {
    const [uniform, greedy] = policySentences(policies);
    expect(uniform).toContain('the intervals overlap');
    expect(greedy).toContain('ε-greedy ranking would have brought 2.00 % (1.50 % to 2.50 %)');
    expect(greedy).toMatch(/more\.$/);
  });

  it('is no verdict where a handful of rows carries the weight', () => {
    const sentences = policySentences({ ...policies, greedy: policy(0.02, 0.001, 12) });
    expect(sentences).toHaveLength(2);
    expect(sentences[1]).toContain('cannot be told');
    expect(sentences[1]).toContain('no more than 12 equal ones');
  });

  it('distrusts propensities that do not fit the ads', () => {
    const off = { ...policies.uniform, meanWeight: 0.2 };
    expect(policySentences({ ...policies, uniform: off }).join(' ')).toContain('average 0.200 instead of 1');
  });
});

describe('the column mapper', () => {
  it('takes a column that becomes the label out of the inputs', () => {
    expect(withPart(mapping, 'label', 'site')).toMatchObject({ label: 'site', categorical: ['ad', 'slot'] });
    expect(withPart(mapping, 'user', '')).toMatchObject({ user: null });
  });

  it('moves an input from one use to another', () => {
    const moved = withUse(mapping, 'price', 'categorical');
    expect(roleOf(moved, 'price')).toBe('categorical');
    expect(moved.numeric).toEqual([]);
    expect(roleOf(withUse(mapping, 'site', 'none'), 'site')).toBe('none');
  });
});
