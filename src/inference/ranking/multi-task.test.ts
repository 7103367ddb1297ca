import '@tensorflow/tfjs-backend-cpu';
import { memory, ready, setBackend, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../adlog/settings.ts';
import { simulateDay } from '../../adlog/simulate.ts';
import { totalValue } from '../../adlog/value.ts';
import { createWorld } from '../../adlog/world.ts';
import { earlyCost, earlyNetworks } from './early-stage.ts';
import { createFunnelModels } from './funnel-models.ts';
import { learnFunnelDay } from './funnel-training.ts';
import { loadFunnelModels, packFunnelModels } from './funnel-weights.ts';
import { featuresOf, lookAgain } from './look.ts';
import { slotColumns, TASKS, VALUE_SCALE, valueLoss } from './multi-task.ts';
import { requestRows, scoreRequests } from './pass-on.ts';

const WORLD = { ...DEFAULT_SETTINGS, users: 300, liveAds: 420, impressionsPerDay: 240, candidatesEvery: 40 };
const log = simulateDay(createWorld(WORLD), { fullEvery: 60 });
const models = createFunnelModels(3);
/** Generous, for a busy machine: the work itself is a second or two. */
const PATIENCE = 60_000;

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

describe('the loss of total values', () => {
  it('is the logistic loss of sigmoid(value / scale), for clicks and conversions billed', () => {
    const heads = TASKS.map((task) => ({ task, learns: 'labels' as const }));
    const p = [0.02, 0.1, 0.003];
    const logits = p.map((x) => Array.from({ length: 2 }, () => Math.log(x / (1 - x))));
    const bids = [2, 30];
    const logged = [15, -5];
    const loss = tidy(() =>
      valueLoss(
        heads,
        logits.map((z): Tensor2D => tensor2d(z, [2, 1])),
        {
          bid: Float32Array.from(bids),
          conversionBilled: Float32Array.of(0, 1),
          lambda: 10,
          value: Float32Array.from(logged),
          weight: Float32Array.of(1, 0.5),
        },
      ).dataSync(),
    );
    const expected = bids.map((bid, i) => {
      const z = totalValue(bid, 0.02, 0.1, 0.003, i === 1, 10) / VALUE_SCALE;
      const y = 1 / (1 + Math.exp(-(logged[i] ?? 0) / VALUE_SCALE));
      return Math.log(1 + Math.exp(z)) - y * z;
    });
    expect(loss[0]).toBeCloseTo(((expected[0] ?? 0) + 0.5 * (expected[1] ?? 0)) / 2, 5);
  });
});

describe('slot columns', () => {
  it('mark the domain’s lower slots and leave the first alone', () => {
    expect([...slotColumns([0, 1, 2], [0, 1, 2], 3)]).toEqual([
      ...[0, 0, 0, 0, 0, 0],
      ...[0, 0, 1, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 1],
    ]);
  });
});

describe('the cost of an early model', () => {
  it('is, for a candidate: the product, the bottom layer, the serving heads', () => {
    const [tower, bottom, head] = [32, 3 * 32 * 32, 32 * 16 + 16];
    expect(earlyCost('clicks').candidate).toBe(tower + bottom + head);
    expect(earlyCost('distilled').candidate).toBe(tower + bottom + 3 * head);
    expect(earlyCost('separate').candidate).toBe(3 * earlyCost('clicks').candidate);
    expect(earlyCost('relation').candidate).toBe(earlyCost('distilled').candidate + 16 * 16);
  });

  it('is below that of separate models for every multi-task model', () => {
    for (const name of ['multi-task', 'distilled', 'mmoe', 'relation'] as const)
      expect(earlyCost(name).candidate).toBeLessThanOrEqual(earlyCost('separate').candidate);
  });
});

describe('the models of the funnel', () => {
  it(
    'learn a day without leaving a tensor behind, each of them',
    async () => {
      const before = structuredClone(models);
      const { numTensors } = memory();
      await learnFunnelDay(models, log, WORLD.lambda);
      await learnFunnelDay(models, log, WORLD.lambda, { early: ['relation'] });
      expect(memory().numTensors).toBe(numTensors);
      for (const name of ['clicks', 'separate', 'multi-task', 'distilled', 'mmoe', 'relation'] as const)
        earlyNetworks(name).forEach((_, i) => {
          expect(models.early[name].networks[i]?.steps).toBeGreaterThan(
            before.early[name].networks[i]?.steps ?? 0,
          );
        });
    },
    PATIENCE,
  );

  it(
    'score whole requests, clicks alone with the mean conversion rate of the domain',
    async () => {
      const requests = await scoreRequests(log, models, { limit: 2, early: ['clicks', 'mmoe'] });
      expect(requests).toHaveLength(2);
      const [request] = requests;
      expect(request?.early.mmoe?.pCrossOut).toHaveLength(request?.count ?? 0);
      const rates = new Set(request?.early.clicks?.pConversion);
      expect(rates.size).toBe(1);
      expect(Math.max(...(request?.early.clicks?.pCrossOut ?? [1]))).toBe(0);
    },
    PATIENCE,
  );

  it(
    'come back from their files as they were, to half precision',
    async () => {
      const packed = await Promise.all(
        (['early-stage', 'final-stage'] as const).map((folder) => packFunnelModels(models, folder)),
      );
      const loaded = await loadFunnelModels((folder) => {
        const { manifest, bytes } = packed[folder === 'early-stage' ? 0 : 1] ?? {};
        return { manifest: async () => manifest, shard: async () => bytes ?? new Uint8Array() };
      });
      const options = { limit: 1, early: ['relation'] as const };
      const [one] = await scoreRequests(log, models, options);
      const [other] = await scoreRequests(log, loaded, options);
      one?.early.relation?.pClick.forEach((p, i) => {
        expect(other?.early.relation?.pClick[i]).toBeCloseTo(p, 3);
      });
      expect((loaded.counts.conversions[1] ?? 0) / (loaded.counts.clicks[1] ?? 1)).toBeCloseTo(
        (models.counts.conversions[1] ?? 0) / (models.counts.clicks[1] ?? 1),
        9,
      );
    },
    PATIENCE,
  );
});

describe('looking again', () => {
  const rows = requestRows(log.full)[0] ?? [];
  const early = ['clicks'] as const;

  it(
    'ranks by the new bid, encodes it as a feature, and leaves the log alone',
    async () => {
      const before = await lookAgain(log, rows, models, [], early);
      const bid = (before.bid[3] ?? 0) * 5;
      const after = await lookAgain(log, rows, models, [{ field: 'bid', candidate: 3, value: bid }], early);
      expect(after.bid[3]).toBeCloseTo(bid, 3);
      expect(after.final.pClick[3]).not.toBe(before.final.pClick[3]);
      expect(after.final.pClick[4]).toBe(before.final.pClick[4]);
      expect(featuresOf(log, rows).bid[3]).toBe(before.bid[3]);
    },
    PATIENCE,
  );

  it(
    'changes a field of the request for all its candidates',
    async () => {
      const before = await lookAgain(log, rows, models, [], early);
      const domain = (before.domain + 1) % 3;
      const after = await lookAgain(
        log,
        rows,
        models,
        [{ field: 'domain', candidate: 0, value: domain }],
        early,
      );
      expect(after.domain).toBe(domain);
      expect(after.early.clicks?.pClick[7]).not.toBe(before.early.clicks?.pClick[7]);
    },
    PATIENCE,
  );
});
