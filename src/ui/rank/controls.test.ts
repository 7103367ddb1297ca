import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOf,
  CONTROL_NAMES,
  CONTROLS,
  type Control,
  type Controls,
  hiddenControls,
  INITIAL_CONTROLS,
  type NumberControl,
  RUN_CONTROLS,
  readControls,
  runText,
  withRun,
  writeControls,
} from './controls.ts';

/** Any value that a control can take, found through the table itself. */
function anyValueOf(control: Control<unknown>): fc.Arbitrary<unknown> {
  if (typeof control.initial === 'boolean') return fc.boolean();
  if (typeof control.initial === 'number') {
    const { min, max, step } = control as NumberControl;
    return fc
      .integer({ min: 0, max: Math.floor((max - min) / step) })
      .map((i) => Number((min + i * step).toFixed(6)));
  }
  const words = ['', 'teach:none~w:2', ...ALL_WORDS].filter((word) => control.read(word) !== null);
  return fc.constantFrom(...words);
}
const ALL_WORDS = [
  ...['teach', 'pass-on', 'look', 'your-log', 'none', 'one-head', 'auxiliary', 'small', 'middle', 'large'],
  ...['feed', 'reels', 'stories', 'all'],
  ...['ne', 'calibration', 'auc', 'xray', 'ledger', 'sizes', '2000', '10000', '30000', '100000'],
  ...['clicks', 'separate', 'multi-task', 'distilled', 'mmoe', 'relation', 'oracle'],
  ...['recall', 'value', 'crossouts', 'curse', 'soft', 'ndcg', 'regret'],
  ...['50000', '200000', '1000000', '2000000', '10', '100', '1000'],
];

const anyControls: fc.Arbitrary<Controls> = fc.record(
  Object.fromEntries(CONTROL_NAMES.map((name) => [name, anyValueOf(CONTROLS[name] as Control<unknown>)])),
) as fc.Arbitrary<Controls>;

describe('the address of Rank', () => {
  it('brings back every setting', () => {
    fc.assert(
      fc.property(anyControls, (controls) => {
        expect(readControls(addressOf(controls, ''))).toEqual(controls);
      }),
    );
  });

  it('leaves the defaults out', () => {
    expect(addressOf(INITIAL_CONTROLS, '')).toBe('');
    expect(writeControls({ ...INITIAL_CONTROLS, seed: 8, churn: false })).toEqual([
      ['seed', '8'],
      ['churn', 'off'],
    ]);
  });

  it('keeps what is not its own', () => {
    expect(addressOf({ ...INITIAL_CONTROLS, w: 2.5 }, '?backend=wasm&w=1.2&hide=seed')).toBe(
      '?backend=wasm&hide=seed&w=2.5',
    );
  });

  it('falls back to the default for what it cannot read, and never throws', () => {
    expect(readControls('?seed=0&w=99&delay=x&churn=maybe&view=home&pin=%3Cscript%3E&days=1e1')).toEqual(
      INITIAL_CONTROLS,
    );
    fc.assert(fc.property(fc.string(), (search) => readControls(search).seed >= 1));
  });

  it('snaps numbers to their steps', () => {
    expect(readControls('?w=1.2345').w).toBe(1.2);
    expect(readControls('?alpha=2.74').alpha).toBe(2.5);
  });

  it('names the controls that an embedding page hides', () => {
    expect([...hiddenControls('?hide=seed,level,nonsense')]).toEqual(['seed', 'level']);
  });

  it('writes the settings of a run in one entry and takes them back', () => {
    fc.assert(
      fc.property(anyControls, anyControls, (run, shown) => {
        const back = withRun(shown, runText(run));
        for (const name of RUN_CONTROLS) expect(back[name]).toEqual(run[name]);
        expect(back.view).toBe(shown.view);
        expect(CONTROLS.pin.read(runText(run))).toBe(runText(run));
      }),
    );
    expect(runText(INITIAL_CONTROLS)).toBe('as-set');
  });
});
