import type { FeatureSource } from '../features';
import { VM_FEATURES } from '../features';
import type { DayLog } from '../schema';
import { hashText } from './hashing';
import type { RealLog } from './real-log';

/** 1 January 2025: the simulator counts seconds from no date, logs have one. */
const START = Date.UTC(2025, 0, 1) / 1000;

/**
 * Simulated days as if they were a log that somebody brought: click as label, the fields of the vertical models as
 * inputs. Without propensities: those of the simulator hold for the survivors of each auction, which differ from request
 * to request and are not logged, so that nothing could be said about another policy.
 */
export function logOfSimulation(days: readonly DayLog[]): RealLog {
  const rows = days.reduce((sum, { impressions }) => sum + impressions.count, 0);
  const label = new Uint8Array(rows);
  const time = new Float64Array(rows);
  const [user, ad] = [new Uint32Array(rows), new Uint32Array(rows)];
  const position = new Float32Array(rows);
  const categorical = VM_FEATURES.categorical.map(({ name }) => ({ name, hash: new Uint32Array(rows) }));
  const domain = new Uint32Array(rows);
  // Hashes of the small numbers that the fields' rows are.
  const hashes: number[] = [];
  const hashOf = (value: number) => {
    hashes[value] ??= hashText(String(value));
    return hashes[value] ?? 0;
  };
  let at = 0;
  for (const { impressions, users, userDay, ads } of days) {
    const source: FeatureSource = { rows: impressions, position: impressions.position, users, userDay, ads };
    for (let row = 0; row < impressions.count; row++, at++) {
      label[at] = impressions.click[row] ?? 0;
      time[at] = START + (impressions.time[row] ?? 0);
      user[at] = hashOf(impressions.user[row] ?? 0);
      ad[at] = hashOf(impressions.ad[row] ?? 0);
      position[at] = 1 + (impressions.position[row] ?? 0);
      domain[at] = hashOf(impressions.domain[row] ?? 0);
      VM_FEATURES.categorical.forEach((field, f) => {
        const column = categorical[f]?.hash;
        if (column) column[at] = hashOf(field.read(source, row));
      });
    }
  }
  return {
    ok: true,
    rows,
    mapping: {
      label: 'click',
      user: 'user',
      ad: 'ad',
      time: 'time',
      bid: null,
      propensity: null,
      position: 'position',
      categorical: [...categorical.map(({ name }) => name), 'domain'],
      numeric: [],
    },
    label,
    time,
    user,
    ad,
    bid: null,
    propensity: null,
    position,
    categorical: [...categorical, { name: 'domain', hash: domain }],
    numeric: [],
    broken: { count: 0, first: [] },
    truncated: false,
  };
}
