import type { AdTable } from './ads';
import { ArchiveError, type Column, packColumns, unpackColumns } from './archive';
import {
  type Candidates,
  createCandidates,
  createImpressions,
  type DayLog,
  type HiddenDay,
  type Impressions,
} from './schema';
import { CATEGORIES, DOMAINS } from './settings';
import type { UserDay, UserTable } from './users';

/** Packs the logs of some days of one world, with the tables that their rows refer to. Probabilities, values and prices keep twelve significant bits. */
export function packLogs(logs: readonly DayLog[]): Uint8Array {
  const last = logs.at(-1);
  if (!last) throw new RangeError('There is no day to pack.');
  const columns = new Map<string, Column>();
  addTable(columns, 'users', last.users, last.users.age.length);
  const { count: ads, ...adColumns } = last.ads;
  addTable(columns, 'ads', adColumns, ads);
  logs.forEach((log, i) => {
    addRows(columns, `${i}/impressions`, log.impressions);
    addRows(columns, `${i}/candidates`, log.candidates);
    addRows(columns, `${i}/full`, log.full);
    addTable(columns, `${i}/userDay`, log.userDay, log.userDay.actions.length);
  });
  const days = logs.map(({ day, requests, liveAds, hidden }) => ({
    day,
    requests,
    liveAds,
    level: hidden.level,
    categories: [...hidden.categories],
    domains: [...hidden.domains],
  }));
  return packColumns({ days, ads }, columns);
}

/** Reverses `packLogs`; throws an ArchiveError. */
export function unpackLogs(packed: Uint8Array): DayLog[] {
  const { meta, columns } = unpackColumns(packed);
  const { days, ads: count } = parseMeta(meta);
  const users: UserTable = {
    age: u8(columns, 'users/age'),
    gender: u8(columns, 'users/gender'),
    city: u8(columns, 'users/city'),
    device: u8(columns, 'users/device'),
  };
  const ads: AdTable = {
    count,
    birth: take(columns, 'ads/birth', Float64Array),
    category: u8(columns, 'ads/category'),
    advertiser: take(columns, 'ads/advertiser', Uint32Array),
    campaign: take(columns, 'ads/campaign', Uint32Array),
    conversionBilled: u8(columns, 'ads/conversionBilled'),
    bid: take(columns, 'ads/bid', Float32Array),
    price: take(columns, 'ads/price', Float32Array),
    content: take(columns, 'ads/content', Int8Array),
    cues: take(columns, 'ads/cues', Int8Array),
  };
  return days.map((day, i) => {
    const userDay: UserDay = {
      history: take(columns, `${i}/userDay/history`, Int8Array),
      topCategories: u8(columns, `${i}/userDay/topCategories`),
      actions: u8(columns, `${i}/userDay/actions`),
    };
    return {
      ...day,
      impressions: fill(createImpressions(0), columns, `${i}/impressions`),
      candidates: fill(createCandidates(0), columns, `${i}/candidates`),
      full: fill(createCandidates(0), columns, `${i}/full`),
      users,
      userDay,
      ads,
    };
  });
}

/** Columns whose elements belong `count` to a table: those of several numbers a row are cut in proportion. */
function addTable(columns: Map<string, Column>, path: string, table: object, count: number): void {
  for (const [name, column] of Object.entries(table)) {
    if (!isColumn(column)) continue;
    const width = widthOf(`${path}/${name}`);
    columns.set(`${path}/${name}`, column.slice(0, count * width));
  }
}

function widthOf(path: string): number {
  if (/content$|history$/.test(path)) return 16;
  if (/topCategories$/.test(path)) return 3;
  return /cues$/.test(path) ? 2 : 1;
}

function addRows(columns: Map<string, Column>, path: string, rows: Impressions | Candidates): void {
  for (const [name, column] of Object.entries(rows)) {
    if (!isColumn(column)) continue;
    const kept = column.slice(0, rows.count);
    columns.set(`${path}/${name}`, kept instanceof Float32Array ? shorten(kept) : kept);
  }
}

/** Rounds the mantissas of floats to twelve bits. */
function shorten(column: Float32Array): Float32Array {
  const bits = new Uint32Array(column.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = ((bits[i] ?? 0) + 0x800) & 0xfffff000;
  return column;
}

function isColumn(value: unknown): value is Column {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function fill<T extends Impressions | Candidates>(
  empty: T,
  columns: ReadonlyMap<string, Column>,
  path: string,
): T {
  const filled: Record<string, unknown> = { ...empty };
  for (const [name, column] of Object.entries(empty)) {
    if (!isColumn(column)) continue;
    const found = columns.get(`${path}/${name}`);
    if (!found || found.constructor !== column.constructor)
      throw new ArchiveError(`The archive lacks ${path}/${name}.`);
    filled[name] = found;
  }
  filled.count = columns.get(`${path}/id`)?.length ?? 0;
  // Every column of `empty` was replaced by one of the same class just above.
  return filled as T;
}

function take<T extends Column>(
  columns: ReadonlyMap<string, Column>,
  name: string,
  type: new (size: number) => T,
): T {
  const column = columns.get(name);
  if (!(column instanceof type)) throw new ArchiveError(`The archive lacks ${name}.`);
  return column;
}

function u8(columns: ReadonlyMap<string, Column>, name: string): Uint8Array {
  return take(columns, name, Uint8Array);
}

interface DayMeta {
  readonly day: number;
  readonly requests: number;
  readonly liveAds: number;
  readonly hidden: HiddenDay;
}

function parseMeta(meta: unknown): { days: DayMeta[]; ads: number } {
  if (!isRecord(meta) || !Array.isArray(meta.days) || typeof meta.ads !== 'number') {
    throw new ArchiveError('The archive holds no days.');
  }
  return { ads: meta.ads, days: meta.days.map(parseDay) };
}

function parseDay(value: unknown): DayMeta {
  if (!isRecord(value)) throw new ArchiveError('The archive holds a day without figures.');
  const figure = (name: string) => {
    const found = value[name];
    if (typeof found !== 'number') throw new ArchiveError(`A day of the archive lacks ${name}.`);
    return found;
  };
  const list = (name: string, size: number) => {
    const found = value[name];
    if (!Array.isArray(found) || found.length !== size || found.some((x) => typeof x !== 'number')) {
      throw new ArchiveError(`A day of the archive lacks ${name}.`);
    }
    return Float64Array.from(found);
  };
  return {
    day: figure('day'),
    requests: figure('requests'),
    liveAds: figure('liveAds'),
    hidden: {
      level: figure('level'),
      categories: list('categories', CATEGORIES),
      domains: list('domains', DOMAINS.length),
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
