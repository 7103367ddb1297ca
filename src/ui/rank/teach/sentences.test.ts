import { describe, expect, it } from 'vitest';
import { NO_DISTILLATION } from '../../../inference/ranking/distillation.ts';
import { dayOf, judged, SETTINGS } from '../../../inference/ranking/testing/rank-days.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

const byId = (sentences: Sentence[]) => Object.fromEntries(sentences.map(({ id, text }) => [id, text]));
const oneHead = { ...SETTINGS, distillation: { ...NO_DISTILLATION, mode: 'one head', w: 1 } } as const;

describe('the sentences of a run', () => {
  it('say nothing before a day is over', () => {
    expect(sentencesOf({ settings: SETTINGS, days: [], pinned: null })).toEqual([]);
  });

  it('say how much lower the entropy is, with the interval the right way round', () => {
    const { effect, transfer, staleness } = byId(
      sentencesOf({ settings: SETTINGS, days: [dayOf(0), dayOf(1)], pinned: null }),
    );
    expect(effect).toBe(
      'Over days 1 to 2 the teacher lowered the student’s normalised entropy by 1.60 % (1.20 % to 2.00 %).',
    );
    expect(transfer).toBe(
      'The student took over 50 % (40 % to 60 %) of the lead of the teacher as it serves, and 25 % of that of a fresh one.',
    );
    expect(staleness).toContain('checkpoint is 1 day old; its age costs it 3.40 % (2.90 % to 3.90 %)');
  });

  it('call no effect an effect that chance explains, and harm harm', () => {
    const day = dayOf(0);
    const so = (value: number, low: number, high: number) =>
      byId(
        sentencesOf({
          settings: SETTINGS,
          days: [{ ...day, soFar: { ...day.soFar, relative: { value, low, high } } }],
          pinned: null,
        }),
      ).effect;
    expect(so(-0.1, -0.3, 0.1)).toContain('can be told from chance (−0.30 % to 0.10 %)');
    expect(so(0.5, 0.2, 0.8)).toContain('raised the student’s normalised entropy by 0.50 %');
  });

  it('set the leak beside its formula where the teacher is biased, and keep silent where it is not', () => {
    const day = dayOf(9, { models: { ...dayOf(9).models, student: judged(305, 1.11) } });
    expect(byId(sentencesOf({ settings: oneHead, days: [day], pinned: null })).leak).toBe(
      'On day 10 the teacher predicts 1.20 times the true clicks. With one head the leak says 1.10; the student serves 1.11.',
    );
    const right = dayOf(9, { leak: { teacher: 1.01, oneHead: 1.005 } });
    expect(byId(sentencesOf({ settings: oneHead, days: [right], pinned: null })).leak).toBeUndefined();
  });

  it('say what the adapter does to level and entropy', () => {
    const day = dayOf(0, { adapted: judged(294, 1.03) });
    expect(byId(sentencesOf({ settings: SETTINGS, days: [day], pinned: null })).adapter).toBe(
      'On day 1 the adapter moves the teacher’s calibration from 1.20 to 1.03. Its normalised entropy falls by 2.00 % with that.',
    );
  });

  it('say what share of a shift’s loss the adapter took back, and when it made things worse', () => {
    const took = (value: number, low: number, high: number, lossLow = 1.5) => {
      const adapter = { loss: { value: 2, low: lossLow, high: 2.5 }, removed: { value, low, high } };
      const day = dayOf(0, { soFar: { ...dayOf(0).soFar, adapter } });
      return byId(sentencesOf({ settings: SETTINGS, days: [day], pinned: null })).took;
    };
    expect(took(0.61, 0.54, 0.68)).toBe(
      'On day 1 the shift of the level since its checkpoint cost the teacher 2.00 % (1.50 % to 2.50 %) of normalised entropy; the adapter took back 61 % (54 % to 68 %) of that.',
    );
    expect(took(-0.4, -0.6, -0.2)).toContain('added 40 % (20 % to 60 %) to that');
    expect(took(0.1, -0.2, 0.4)).toContain('cannot be told from chance (−20 % to 40 %)');
    expect(took(0.61, 0.54, 0.68, -0.1)).toBeUndefined();
  });

  it('count what the service saves', () => {
    const { ledger } = byId(sentencesOf({ settings: SETTINGS, days: [dayOf(0)], pinned: null }));
    expect(ledger).toMatch(/^2 students asked for 1.400 scores .* 1.000 calls .* 29 % fewer\.$/);
  });

  it('compare with the pinned run over the days that both have', () => {
    const worse = dayOf(0, { models: { ...dayOf(0).models, student: judged(320) } });
    const pinned = { settings: oneHead, days: [worse, worse] };
    const { pinned: text } = byId(sentencesOf({ settings: SETTINGS, days: [dayOf(0)], pinned }));
    expect(text).toBe('Up to day 1 normalised entropy is 4.69 % lower than in the pinned run.');
    const other = { ...pinned, settings: { ...oneHead, seed: 8 } };
    expect(byId(sentencesOf({ settings: SETTINGS, days: [dayOf(0)], pinned: other })).pinned).toContain(
      'another world',
    );
  });

  it('call the student without a teacher the baseline', () => {
    const settings = { ...SETTINGS, distillation: NO_DISTILLATION };
    const { effect, transfer } = byId(sentencesOf({ settings, days: [dayOf(0)], pinned: null }));
    expect(effect).toContain('learns from clicks alone; its normalised entropy is 0.9382');
    expect(transfer).toBeUndefined();
  });
});
