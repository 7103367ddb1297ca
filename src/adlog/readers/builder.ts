import type { ColumnMapping } from './layouts';
import { type LogProblem, problem } from './open';
import type { BrokenRow, RealLog } from './real-log';

/** Reads one field of the current row. */
export interface RowReader {
  /** 32-bit hash of the field as written; 0 where it is empty. */
  hash(field: number): number;
  /** NaN where the field is empty or no number. */
  number(field: number): number;
  text(field: number): string;
}

/** Collects rows into growing columns. */
export interface LogBuilder {
  readonly rows: () => number;
  /** Takes a row, or counts it as broken. */
  add(reader: RowReader, line: number): void;
  reject(line: number, reason: string): void;
  finish(truncated: boolean): RealLog | LogProblem;
}

const KEPT_BROKEN = 100;
const PART_COLUMNS = ['user', 'ad', 'time', 'bid', 'propensity', 'position'] as const;

/** `columns` are the names in the order of the fields; `parse` turns a time into seconds since 1970. */
export function createLogBuilder(
  mapping: ColumnMapping,
  columns: readonly string[],
  parse: (text: string) => number,
): LogBuilder | LogProblem {
  const fieldOf = (name: string | null) => (name === null ? -1 : columns.indexOf(name));
  const label = fieldOf(mapping.label);
  if (label < 0)
    return problem('no-label', `There is no column ${mapping.label || 'for the label'} in this file.`);
  const missing = [
    ...PART_COLUMNS.map((part) => mapping[part]),
    ...mapping.categorical,
    ...mapping.numeric,
  ].find((name) => name !== null && fieldOf(name) < 0);
  if (missing !== undefined) return problem('no-label', `There is no column ${missing} in this file.`);

  const at = Object.fromEntries(PART_COLUMNS.map((part) => [part, fieldOf(mapping[part])]));
  const part = (name: (typeof PART_COLUMNS)[number]) => at[name] ?? -1;
  const labels = grower((size) => new Uint8Array(size));
  const times = grower((size) => new Float64Array(size));
  const hashes = () => grower((size) => new Uint32Array(size));
  const numbers = () => grower((size) => new Float32Array(size));
  const [user, ad, bid, propensity, position] = [hashes(), hashes(), numbers(), numbers(), numbers()];
  const categorical = mapping.categorical.map((name) => ({ name, field: fieldOf(name), values: hashes() }));
  const numeric = mapping.numeric.map((name) => ({ name, field: fieldOf(name), values: numbers() }));
  const first: BrokenRow[] = [];
  let broken = 0;
  let rows = 0;

  function reject(line: number, reason: string): void {
    broken++;
    if (first.length < KEPT_BROKEN) first.push({ line, reason });
  }

  return {
    rows: () => rows,
    reject,
    add(reader, line) {
      const y = readLabel(reader, label);
      if (y === null) {
        reject(line, `the label is “${reader.text(label).slice(0, 40)}”, not 0 or 1`);
        return;
      }
      let time = Number.NaN;
      if (part('time') >= 0) {
        time = parse(reader.text(part('time')));
        if (Number.isNaN(time)) {
          reject(line, `“${reader.text(part('time')).slice(0, 40)}” is not a time`);
          return;
        }
      }
      labels.push(y);
      if (part('time') >= 0) times.push(time);
      if (part('user') >= 0) user.push(reader.hash(part('user')));
      if (part('ad') >= 0) ad.push(reader.hash(part('ad')));
      if (part('bid') >= 0) bid.push(reader.number(part('bid')));
      if (part('propensity') >= 0) propensity.push(reader.number(part('propensity')));
      if (part('position') >= 0) position.push(reader.number(part('position')));
      for (const { field, values } of categorical) values.push(reader.hash(field));
      for (const { field, values } of numeric) values.push(reader.number(field));
      rows++;
    },
    finish(truncated) {
      if (rows === 0) {
        const why = first[0] ? ` The first broken one: line ${first[0].line}, ${first[0].reason}.` : '';
        return problem('no-rows', `No row of the file could be used.${why}`);
      }
      const label = labels.done();
      const positives = label.reduce((sum, y) => sum + y, 0);
      if (positives === 0 || positives === rows) return oneSided(rows, positives > 0, broken, first[0]);
      const optional = <T>(name: (typeof PART_COLUMNS)[number], column: { done(): T }) =>
        part(name) >= 0 ? column.done() : null;
      return {
        ok: true,
        rows,
        mapping,
        label,
        time: optional('time', times),
        user: optional('user', user),
        ad: optional('ad', ad),
        bid: optional('bid', bid),
        propensity: optional('propensity', propensity),
        position: optional('position', position),
        categorical: categorical.map(({ name, values }) => ({ name, hash: values.done() })),
        numeric: numeric.map(({ name, values }) => ({ name, value: values.done() })),
        broken: { count: broken, first },
        truncated,
      };
    },
  };
}

/** Rows that are all of one kind. A label of another coding may hide among the broken ones. */
function oneSided(rows: number, positive: boolean, broken: number, first: BrokenRow | undefined): LogProblem {
  const which = first ? `${rows} usable rows` : `${rows} rows`;
  const what = positive ? `All ${which} are positive` : `None of the ${which} is positive`;
  const others = first
    ? ` ${broken} more could not be used, the first on line ${first.line}: ${first.reason}.`
    : '';
  return problem(
    positive ? 'no-negatives' : 'no-positives',
    `${what}: nothing can be learnt from them.${others}`,
  );
}

const YES: readonly string[] = ['true', 'yes', 't', 'y'];
const NO: readonly string[] = ['false', 'no', 'f', 'n'];

/** 0 or 1 (−1 counts as 0, as in libsvm; true and yes, false and no are understood); null for anything else. */
function readLabel(reader: RowReader, field: number): 0 | 1 | null {
  const value = reader.number(field);
  if (value === 1) return 1;
  if (value === 0 || value === -1) return 0;
  const text = reader.text(field).trim().toLowerCase();
  if (YES.includes(text)) return 1;
  return NO.includes(text) ? 0 : null;
}

type Column = Uint8Array | Uint32Array | Float32Array | Float64Array;

function grower<T extends Column>(create: (size: number) => T): { push(value: number): void; done(): T } {
  let column = create(4096);
  let count = 0;
  return {
    push(value) {
      if (count === column.length) {
        const longer = create(count * 2);
        longer.set(column);
        column = longer;
      }
      column[count++] = value;
    },
    done() {
      const exact = create(count);
      exact.set(column.subarray(0, count));
      // A log of a million rows has forty columns: the longer copies are not kept beside the exact ones.
      column = create(0);
      return exact;
    },
  };
}
