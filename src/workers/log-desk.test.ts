import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLogDesk } from './log-desk.ts';
import { logReply } from './log-protocol.ts';

const desk = () =>
  createLogDesk({
    engine: async () => 'cpu',
    fetchBytes: async () => null,
    now: () => 0,
    breathe: async () => {},
  });
const signal = new AbortController().signal;
const file = (text: string | Uint8Array<ArrayBuffer>) => ({
  kind: 'file' as const,
  file: new Blob([text]),
  name: 'log.csv',
});

/** 600 impressions of three ads shown at random; ad a is clicked half of the time, the others never. */
const RANDOM_LOG = [
  'timestamp,item_id,position,click,propensity_score,user_feature_0',
  ...Array.from({ length: 600 }, (_, i) => {
    const ad = ['a', 'b', 'c'][i % 3];
    const click = ad === 'a' && i % 2 === 0 ? 1 : 0;
    const time = new Date(Date.UTC(2019, 10, 24) + i * 60_000).toISOString();
    return `${time},${ad},${1 + (i % 2)},${click},0.333333,${i % 5}`;
  }),
].join('\n');

const SETTINGS = {
  kind: 'judge',
  job: 1,
  share: 0.7,
  maxRows: 1000,
  epsilon: 0,
  clip: 100,
  backend: 'cpu',
} as const;

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

describe('the log desk', { timeout: 60_000 }, () => {
  it('loads a log, learns its earlier part and values other policies on the later', async () => {
    const at = desk();
    const loaded = await at.load(file(RANDOM_LOG), null, signal, () => {});
    if (!loaded.ok) throw new Error(loaded.message);
    expect(loaded.log).toMatchObject({ rows: 600, positives: 100, ads: 3, layout: 'Open Bandit' });
    expect(loaded.log.positions.map(({ rows }) => rows)).toEqual([300, 300]);

    const answer = await at.judge(SETTINGS, signal, () => {});
    if (!answer.ok) throw new Error(answer.message);
    const { judged } = answer;
    expect(judged.earlier.rows + judged.later.rows).toBe(600);
    expect(judged.auc).toBeGreaterThan(0.8);
    expect(judged.entropy.value).toBeLessThan(1);
    expect(judged.policies?.uniform.ips.value).toBeCloseTo(1 / 6, 1);
    // A third of the rows shows ad a, which is clicked half of the time: always showing it is worth about a half.
    expect(judged.policies?.greedy.snips.value).toBeCloseTo(0.5, 1);
    expect(judged.policies?.uniform.meanWeight).toBeCloseTo(1, 2);
    // What is told crosses to the page as it is.
    expect(logReply(structuredClone({ kind: 'judged', job: 1, judged }))).toMatchObject({ kind: 'judged' });

    const again = at.policies(1, Number.POSITIVE_INFINITY);
    if (!again.ok) throw new Error(again.message);
    // With ε = 1 the ranking is the random policy.
    expect(again.policies.greedy.ips.value).toBeCloseTo(again.policies.uniform.ips.value, 10);
  });

  it('keeps the loaded log when another cannot be read', async () => {
    const at = desk();
    await at.load(file(RANDOM_LOG), null, signal, () => {});
    const bad: [string | Uint8Array<ArrayBuffer>, string][] = [
      ['', 'empty'],
      ['click,user\n0,a\n0,b\n', 'no-positives'],
      ['click,user\n1,a\n1,b\n', 'no-negatives'],
      [Uint8Array.from({ length: 2000 }, (_, i) => (i * 7) % 32), 'binary'],
      ['click user\n', 'no-rows'],
      ['click~user\n1~a\n0~b\n', 'one-column'],
      [`${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`, 'too-many-columns'],
    ];
    for (const [text, code] of bad) {
      expect(await at.load(file(text), null, signal, () => {})).toMatchObject({ ok: false, code });
    }
    const huge: Blob = Object.create(Blob.prototype, { size: { value: 2 ** 31 } });
    expect(await at.load({ ...file(''), file: huge }, null, signal, () => {})).toMatchObject({
      code: 'too-large',
    });
    expect(await at.judge({ ...SETTINGS, maxRows: 64 }, signal, () => {})).toMatchObject({ ok: true });
  });

  it('says nothing of other policies without propensities', async () => {
    const at = desk();
    const plain = RANDOM_LOG.split('\n').map((line) => {
      const [time, ad, , click] = line.split(',');
      return `${time},${ad},${click}`;
    });
    await at.load(file(plain.join('\n')), null, signal, () => {});
    const answer = await at.judge(SETTINGS, signal, () => {});
    expect(answer.ok && answer.judged.policies).toBeNull();
    expect(answer.ok && answer.judged.noPolicy).toBe('no-propensity');
  });

  it('does not judge by a part without clicks', async () => {
    const at = desk();
    const late = [
      'click,time,ad',
      ...Array.from({ length: 40 }, (_, i) => `${i < 10 ? 1 : 0},${1494032000 + i},a`),
    ];
    await at.load(file(late.join('\n')), null, signal, () => {});
    expect(await at.judge({ ...SETTINGS, share: 0.5 }, signal, () => {})).toMatchObject({
      code: 'one-sided-later',
    });
  });

  it('says that times do not part the log where all rows, or the first half of them, have the same one', async () => {
    const at = desk();
    const judged = async (timeOf: (row: number) => number) => {
      const rows = Array.from({ length: 40 }, (_, i) => `${i % 2},${timeOf(i)},a${i % 3}`);
      const loaded = await at.load(file(`click,time,ad\n${rows.join('\n')}`), null, signal, () => {});
      expect(loaded).toMatchObject({ ok: true });
      return at.judge({ ...SETTINGS, share: 0.5 }, signal, () => {});
    };
    expect(await judged(() => 1494032000)).toMatchObject({ ok: false, code: 'one-moment' });
    expect(await judged((i) => 1494032000 + Math.max(0, i - 30))).toMatchObject({ code: 'first-moment' });
    expect(await judged((i) => 1494032000 + i)).toMatchObject({ ok: true });
  });

  it('stops when asked to, and says so', async () => {
    const at = desk();
    expect(await at.load(file(RANDOM_LOG), null, AbortSignal.abort(), () => {})).toMatchObject({
      code: 'cancelled',
    });
    await at.load(file(RANDOM_LOG), null, signal, () => {});
    expect(await at.judge(SETTINGS, AbortSignal.abort(), () => {})).toMatchObject({ code: 'cancelled' });
  });
});
