import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inspectLog } from './index';
import { detectLayout } from './layouts';
import { findLeaks } from './leaks';
import { libsvmColumns } from './libsvm';
import { type LoadOptions, loadLog } from './load';
import { encodeRealLog, numericRow, type RealLog, splitByTime, summariseRealLog } from './real-log';

function fileOf(content: string | Uint8Array): Blob {
  return new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);
}

async function read(content: string | Uint8Array, options?: LoadOptions): Promise<RealLog> {
  const file = fileOf(content);
  const inspected = await inspectLog(file);
  if (!inspected.ok) throw new Error(inspected.message);
  const log = await loadLog(file, inspected.format, inspected.mapping, options);
  if (!log.ok) throw new Error(log.message);
  return log;
}

async function problemOf(content: string | Uint8Array): Promise<string> {
  const file = fileOf(content);
  const inspected = await inspectLog(file);
  if (!inspected.ok) return inspected.code;
  const log = await loadLog(file, inspected.format, inspected.mapping);
  return log.ok ? 'none' : log.code;
}

const criteoRow = (label: number, i: number) =>
  [
    label,
    ...Array.from({ length: 13 }, (_, k) => (k === 3 ? '' : i + k)),
    ...Array.from({ length: 26 }, (_, k) => `a${i}${k}`),
  ].join('\t');

describe('known layouts', () => {
  it('are told by their columns', () => {
    const name = (columns: string) => detectLayout(columns.split(','))?.name;
    expect(name('user,time_stamp,adgroup_id,pid,nonclk,clk')).toBe('taobao-raw');
    expect(name('clk,time_stamp,userid,adgroup_id,pid,cate_id,campaign_id,customer,brand,price')).toBe(
      'taobao-joined',
    );
    expect(name('id,click,hour,C1,banner_pos,device_id,C20,C21')).toBe('avazu');
    expect(name('Id,Label,I1,I13,C1,C26')).toBe('criteo');
    expect(name(',timestamp,item_id,position,click,propensity_score,user_feature_0')).toBe('open-bandit');
    expect(name('a,b')).toBeUndefined();
  });

  it('never take a column of the outcome for an input', () => {
    const taobao = detectLayout('user,time_stamp,adgroup_id,pid,nonclk,clk'.split(','));
    expect(taobao?.mapping.categorical).toEqual(['user', 'adgroup_id', 'pid']);
  });

  it('include Criteo without a header', async () => {
    const log = await read(`${criteoRow(0, 1)}\n${criteoRow(1, 2)}\n${criteoRow(0, 3)}\n`);
    expect(log.rows).toBe(3);
    expect(log.categorical).toHaveLength(26);
    expect(log.numeric.map((column) => column.value[0])).toEqual([
      1,
      2,
      3,
      Number.NaN,
      5,
      6,
      7,
      8,
      9,
      10,
      11,
      12,
      13,
    ]);
    expect(log.time).toBeNull();
  });

  it('include Avazu, whose ids exceed 53 bits and whose hours become times', async () => {
    const log = await read(
      'id,click,hour,C1,banner_pos,device_id,C20,C21\n10000169349117863715,0,14102100,1005,0,a99f214a,1,79\n10000371904215119486,1,14102101,1005,0,b99f214a,2,79\n',
    );
    expect(log.time).toEqual(
      Float64Array.of(Date.UTC(2014, 9, 21, 0) / 1000, Date.UTC(2014, 9, 21, 1) / 1000),
    );
    expect(log.user?.[0]).not.toBe(log.user?.[1]);
  });
});

describe('any other log', () => {
  const csv =
    'event_time,uid,ad_id,bid_price,color,clicked\n1494032110,u1,a1,0.5,red,1\n1494032111,u2,a2,0.7,blue,0\n';

  it('gets a proposed mapping by the usual names', async () => {
    const inspected = await inspectLog(fileOf(csv));
    expect(inspected.ok && inspected.layout).toBeNull();
    expect(inspected.ok && inspected.mapping).toMatchObject({
      label: 'clicked',
      user: 'uid',
      ad: 'ad_id',
      time: 'event_time',
      bid: 'bid_price',
      categorical: ['uid', 'ad_id', 'color'],
    });
  });

  it('has its times found under the names that logs give them', async () => {
    for (const name of ['when', 'ts', 'impression_time', 'EventDate', 'created_at', 'request_timestamp']) {
      const inspected = await inspectLog(fileOf(`${name},click\n1494032110,1\n1494032111,0\n`));
      expect(inspected.ok && inspected.mapping.time).toBe(name);
    }
    // A time that only clicks have would give them away.
    const clicked = await inspectLog(fileOf('click_time,click\n1494032110,1\n1494032111,0\n'));
    expect(clicked.ok && clicked.mapping.time).toBeNull();
  });

  it('is read the same by tabs, semicolons, bars and packed', async () => {
    const plain = await read(csv);
    for (const delimiter of ['\t', ';', '|']) {
      expect(await read(csv.replaceAll(',', delimiter))).toEqual(plain);
    }
    expect(await read(gzipSync(new TextEncoder().encode(csv)))).toEqual(plain);
  });

  it('may be libsvm', async () => {
    expect(libsvmColumns([['1 3:1 7:0.5'], ['0 3:1']])).toEqual(['label', 'feature 1', 'feature 2']);
    const log = await read('1 3:1 7:0.5\n-1 3:1 9:1\n0 4:1\n');
    expect([...log.label]).toEqual([1, 0, 0]);
    expect(log.categorical[0]?.hash[0]).toBe(log.categorical[0]?.hash[1]);
    expect(log.categorical[1]?.hash[2]).toBe(0);
  });

  it('may be Parquet, with ids of 64 bits', async () => {
    const path = new URL('./fixtures/clicks.parquet', import.meta.url);
    const log = await read(new Uint8Array(readFileSync(path)));
    expect(log.rows).toBe(4);
    expect([...log.label]).toEqual([1, 0, 0, 1]);
    expect(new Set(log.user).size).toBe(4);
    expect(log.time?.[0]).toBe(1494032110);
  });

  it('may be Parquet packed with gzip, in groups of rows, with dates and truth values', async () => {
    const path = new URL('./fixtures/clicks-gzip.parquet', import.meta.url);
    const log = await read(new Uint8Array(readFileSync(path)));
    expect(log.rows).toBe(40);
    expect(log.label.reduce((sum, y) => sum + y, 0)).toBe(10);
    expect(log.time?.[39]).toBe(1494032110 + 39);
    expect(log.bid?.[39]).toBe(19.5);
    expect(log.ad?.[0]).toBe(log.ad?.[39]);
  });

  it('may be UTF-16, with a mark or without', async () => {
    const plain = await read(csv);
    for (const marked of [csv, `\uFEFF${csv}`]) {
      const little = Uint8Array.from(Buffer.from(marked, 'utf16le'));
      const big = little.map((_, i) => little[i ^ 1] ?? 0);
      expect(await read(little)).toEqual(plain);
      expect(await read(big)).toEqual(plain);
    }
  });

  it('may end its rows with a delimiter, say yes and no, and repeat a name', async () => {
    const log = await read('clicked,user,user\nyes,1,2,\nno,1,2,\nn,3,4,\n');
    expect([...log.label]).toEqual([1, 0, 0]);
    expect(log.categorical.map(({ name }) => name)).toEqual(['user', 'user (3)']);
  });

  it('has its rarest column of zeros and ones for the label, and no column of times that cannot be read', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 5 ? 1 : 0},${i % 5 ? 0 : 1},${i + 1}/11/2019`);
    const inspected = await inspectLog(fileOf(`ignored,taken,date\n${rows.join('\n')}\n`));
    expect(inspected.ok && inspected.mapping).toMatchObject({ label: 'taken', time: null });
  });

  it('stops at the row limit and says so', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i % 2},u${i},x`).join('\n');
    const log = await read(`click,user,c\n${rows}\n`, { maxRows: 20 });
    expect(log.rows).toBe(20);
    expect(log.truncated).toBe(true);
  });

  it('can be stopped', async () => {
    const file = fileOf(csv);
    const inspected = await inspectLog(file);
    if (!inspected.ok) throw new Error(inspected.message);
    const log = await loadLog(file, inspected.format, inspected.mapping, { signal: AbortSignal.abort() });
    expect(log.ok === false && log.code).toBe('cancelled');
  });
});

describe('comments before the rows', () => {
  const csv = 'click,user,ad\n1,u1,a1\n0,u2,a2\nbroken\n';
  const comments = '# written by a tool, on 3 May\n\n  #\n';
  const formatOf = async (content: string) => {
    const inspected = await inspectLog(fileOf(content));
    if (!inspected.ok) throw new Error(inspected.message);
    return inspected.format;
  };

  it('are left out and counted, and the lines after them keep their numbers', async () => {
    const log = await read(comments + csv);
    expect(log).toEqual({ ...(await read(csv)), broken: log.broken });
    expect(log.broken.first).toEqual([{ line: 7, reason: '1 field instead of 3' }]);
    expect(await formatOf(comments + csv)).toMatchObject({ header: true, skipped: 3, comments: 2 });
    expect(await formatOf(`\uFEFF${comments}${csv}`)).toMatchObject({
      header: true,
      skipped: 3,
      comments: 2,
    });
  });

  it('may stand before libsvm, packed and in UTF-16', async () => {
    const libsvm = '1 3:1 7:0.5\n-1 3:1 9:1\n';
    expect(await read(`# label, then index:value\n${libsvm}`)).toEqual(await read(libsvm));
    const plain = await read(comments + csv);
    expect(await read(gzipSync(new TextEncoder().encode(comments + csv)))).toEqual(plain);
    expect(await read(Uint8Array.from(Buffer.from(`\uFEFF${comments}${csv}`, 'utf16le')))).toEqual(plain);
  });

  it('may name the columns, where the rows do not', async () => {
    const format = await formatOf('# a log\n#click, user, price\n1,u1,0.5\n0,u2,0.7\n');
    expect(format).toMatchObject({ header: false, columns: ['click', 'user', 'price'], comments: 1 });
    const own = await formatOf('# click, user, price\nclk,who,cost\n1,u1,0.5\n0,u2,0.7\n');
    expect(own).toMatchObject({ header: true, columns: ['clk', 'who', 'cost'], comments: 1 });
  });

  it('are none where every row begins like one', async () => {
    const log = await read('#tag,click\n#a,1\n#b,0\n');
    expect(log.rows).toBe(2);
  });
});

describe('broken rows', () => {
  it('are counted and shown with their line', async () => {
    const log = await read('click,user,ad\n1,u1,a1\n0,u2\n\n7,u3,a3\n0,u4,a4\n');
    expect(log.rows).toBe(2);
    expect(log.broken.count).toBe(2);
    expect(log.broken.first.map((row) => row.line)).toEqual([3, 5]);
    expect(log.broken.first[0]?.reason).toBe('2 fields instead of 3');
    expect(log.broken.first[1]?.reason).toContain('not 0 or 1');
  });
});

describe('bad files', () => {
  it('each get a reason of their own', async () => {
    expect(await problemOf('')).toBe('empty');
    expect(await problemOf(Uint8Array.from({ length: 2000 }, (_, i) => (i * 7) % 32))).toBe('binary');
    expect(await problemOf('hello world of text\nsecond line here now too')).not.toBe('none');
    expect(await problemOf('only\n1\n0\n')).toBe('one-column');
    expect(await problemOf('click,user\n0,a\n0,b\n')).toBe('no-positives');
    expect(await problemOf('click,user\n1,a\n1,b\n')).toBe('no-negatives');
    expect(await problemOf(`${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`)).toBe(
      'too-many-columns',
    );
    expect(await problemOf(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6))).toBe('unreadable');
    expect(await problemOf(new TextEncoder().encode('PAR1 and nothing else'))).toBe('unreadable');
  });

  it('that are something else are named', async () => {
    const said = async (content: string | Uint8Array) => {
      const inspected = await inspectLog(fileOf(content));
      return inspected.ok ? '' : inspected.message;
    };
    expect(await said(`${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`)).toContain(
      'has 10000 columns',
    );
    expect(await said('PK\x03\x04 and so on')).toContain('ZIP');
    expect(await said('{"click": 1}\n{"click": 0}\n')).toContain('JSON');
    expect(await said('<!doctype html><title>Sign in</title>')).toContain('web page');
    const path = new URL('./fixtures/clicks-zstd.parquet', import.meta.url);
    expect(await said(new Uint8Array(readFileSync(path)))).toContain('packed with ZSTD');
  });

  it('with a label of another coding say which', async () => {
    const file = fileOf('label,user\n2,a\n1,b\n1,c\n');
    const inspected = await inspectLog(file);
    if (!inspected.ok) throw new Error(inspected.message);
    const log = await loadLog(file, inspected.format, inspected.mapping);
    expect(!log.ok && log.message).toContain('the label is “2”, not 0 or 1');
  });

  it('are refused by size before a byte is read', async () => {
    const huge = Object.create(Blob.prototype, { size: { value: 2 ** 31 } }) as Blob;
    const inspected = await inspectLog(huge);
    expect(inspected.ok === false && inspected.code).toBe('too-large');
  });
});

describe('leaks', () => {
  const columns = ['click', 'user', 'nonclk', 'shade'];
  const mapping = {
    label: 'click',
    user: null,
    ad: null,
    time: null,
    bid: null,
    propensity: null,
    position: null,
  };

  it('are found by name and by value', () => {
    const sample = Array.from({ length: 100 }, (_, i) => {
      const click = i % 10 === 0 ? '1' : '0';
      return [click, `u${i}`, click === '1' ? '0' : '1', click === '1' ? 'dark' : 'light'];
    });
    const leaks = findLeaks(
      { ...mapping, categorical: ['user', 'nonclk', 'shade'], numeric: [] },
      columns,
      sample,
    );
    expect(leaks.map(({ column, reason }) => [column, reason])).toEqual([
      ['nonclk', 'name'],
      ['shade', 'values'],
    ]);
  });
});

describe('a loaded log', () => {
  it('is split by time, rows of one moment together', async () => {
    const log = await read(
      'click,user,time\n1,a,1494032113\n0,b,1494032111\n1,c,1494032112\n0,d,1494032112\n',
    );
    const { earlier, later } = splitByTime(log, 0.5);
    expect([...earlier]).toEqual([1]);
    expect([...later]).toEqual([2, 3, 0]);
  });

  it('is encoded into embedding rows', async () => {
    const log = await read('click,user,x\n1,a,0.5\n0,,1.5\n0,b,\n0,c,2.5\n');
    const encoded = encodeRealLog(log, [0, 1, 2], 16);
    expect(encoded).toHaveLength(6);
    expect(encoded[2]).toBe(0);
    expect(encoded[5]).toBe(0);
    expect(numericRow(-3)).not.toBe(numericRow(3));
  });
});

const data = join(process.env.SCORELINE_DATA ?? '../shared', 'adlogs/open-bandit/bts-men.csv');
describe.skipIf(!existsSync(data))('Open Bandit (skipped without SCORELINE_DATA)', () => {
  it('loads with clicks, propensities and positions as counted', { timeout: 60_000 }, async () => {
    const log = await read(new Uint8Array(readFileSync(data)));
    const summary = summariseRealLog(log);
    expect(summary).toMatchObject({ rows: 10_000, positives: 69, ads: 34 });
    expect(log.broken.count).toBe(0);
    expect(summary.positions.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(summary.smallestPropensity).toBeCloseTo(0.000165, 6);
    expect(summary.largestPropensity).toBeCloseTo(0.725, 3);
    expect(new Date((summary.from ?? 0) * 1000).toISOString()).toContain('2019-11-24');
  });
});
