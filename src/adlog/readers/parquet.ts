import { gunzipSync } from 'fflate';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import type { LogBuilder, RowReader } from './builder';
import { hashText } from './hashing';
import type { ColumnMapping } from './layouts';
import { LOG_LIMITS, type LogFormat, type LogProblem, problem } from './open';

/** Rows that are unpacked at most at a time, and rows after which other work gets its turn. */
const SLICE = 2 ** 18;
const ROWS_AT_ONCE = 8192;
/** Different cells of a column whose hashes are remembered. */
const KNOWN_CELLS = 2 ** 16;

/** What hyparquet cannot unpack by itself. */
const COMPRESSORS: Compressors = { GZIP: (bytes) => gunzipSync(bytes) };
const PACKINGS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP'];

function bufferOf(file: Blob): AsyncBuffer {
  return { byteLength: file.size, slice: (start, end) => file.slice(start, end ?? file.size).arrayBuffer() };
}

/** Completes the format of a Parquet file: its columns and first rows, from the footer. */
export async function openParquet(file: Blob, format: LogFormat): Promise<LogFormat | LogProblem> {
  try {
    const buffer = bufferOf(file);
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    if (columns.length > LOG_LIMITS.columns) {
      return problem(
        'too-many-columns',
        `The file has ${columns.length} columns; logs of up to ${LOG_LIMITS.columns} can be loaded.`,
      );
    }
    if (metadata.num_rows === 0n) return problem('empty', 'The file has no rows.');
    const packing = unknownPacking(metadata);
    if (packing) {
      return problem(
        'unreadable',
        `The columns of this Parquet file are packed with ${packing}, which cannot be unpacked here: write it with Snappy or gzip.`,
      );
    }
    const rowEnd = Math.min(LOG_LIMITS.sampleRows, Number(metadata.num_rows));
    const rows = await parquetReadObjects({
      file: buffer,
      metadata,
      rowEnd,
      compressors: COMPRESSORS,
    });
    const sample = rows.map((row) => columns.map((column) => toText(row[column])));
    return { ...format, columns, sample };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem('unreadable', `The Parquet file cannot be read: ${reason}.`);
  }
}

function unknownPacking({ row_groups }: FileMetaData): string | undefined {
  const packings = row_groups.flatMap(({ columns }) => columns.map((column) => column.meta_data?.codec));
  return packings.find((packing) => packing !== undefined && !PACKINGS.includes(packing));
}

interface SourceColumn {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly name: string;
  /** Rows of the file, from `start` and before `end`. */
  readonly start: number;
  readonly end: number;
}

/** One column of a slice of rows, in the forms that the builder asks it in. */
interface SliceColumn {
  readonly hash: Uint32Array | null;
  readonly number: Float64Array | null;
  /** As read; the text is made where it is asked for. */
  readonly cells: unknown[] | null;
}

/**
 * Reads the columns that the mapping names: slice by slice, in a slice column by column, so that what is unpacked is soon
 * let go; yields the share that is done.
 */
export async function* readParquet(
  file: Blob,
  columns: readonly string[],
  mapping: ColumnMapping,
  builder: LogBuilder,
  full: () => boolean,
): AsyncGenerator<number> {
  const buffer = bufferOf(file);
  const metadata = await parquetMetadataAsync(buffer);
  const { label, time, user, ad, categorical, numeric, bid, propensity, position } = mapping;
  const hashed = new Set([user, ad, ...categorical]);
  const counted = new Set([label, bid, propensity, position, ...numeric]);
  const written = new Set([label, time]);
  const read = columns.filter((name) => hashed.has(name) || counted.has(name) || written.has(name));
  const total = Number(metadata.num_rows);
  for (const [start, end] of slicesOf(metadata)) {
    const slice = new Map<number, SliceColumn>();
    for (const [i, name] of read.entries()) {
      const column: SliceColumn = {
        hash: hashed.has(name) ? new Uint32Array(end - start) : null,
        number: counted.has(name) ? new Float64Array(end - start) : null,
        cells: written.has(name) ? new Array(end - start) : null,
      };
      await fillColumn({ file: buffer, metadata, name, start, end }, column);
      slice.set(columns.indexOf(name), column);
      // Unpacking is nearly all of the work.
      yield (start + (0.9 * (end - start) * (i + 1)) / read.length) / total;
    }
    let row = 0;
    const reader: RowReader = {
      hash: (field) => slice.get(field)?.hash?.[row] ?? 0,
      number: (field) => slice.get(field)?.number?.[row] ?? Number.NaN,
      text: (field) => toText(slice.get(field)?.cells?.[row]),
    };
    for (; row < end - start; row++) {
      if (full()) return;
      builder.add(reader, start + row + 1);
      if (row % ROWS_AT_ONCE === 0) yield (start + 0.9 * (end - start) + 0.1 * row) / total;
    }
  }
  yield 1;
}

/** Groups of rows as the file has them, large ones cut. */
function slicesOf({ row_groups }: FileMetaData): [start: number, end: number][] {
  let from = 0;
  return row_groups.flatMap(({ num_rows }) => {
    const [start, end] = [from, from + Number(num_rows)];
    from = end;
    return Array.from({ length: Math.ceil((end - start) / SLICE) }, (_, i): [number, number] => [
      start + i * SLICE,
      Math.min(end, start + (i + 1) * SLICE),
    ]);
  });
}

async function fillColumn(
  { file, metadata, name, start, end }: SourceColumn,
  { hash, number, cells }: SliceColumn,
): Promise<void> {
  const known = new Map<unknown, number>();
  const hashOf = (cell: unknown): number => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const text = toText(cell);
    const made = text === '' ? 0 : hashText(text);
    if (known.size < KNOWN_CELLS) known.set(cell, made);
    return made;
  };
  await parquetRead({
    file,
    metadata,
    columns: [name],
    rowStart: start,
    rowEnd: end,
    compressors: COMPRESSORS,
    // Chunks may begin before the slice and end behind it.
    onChunk({ columnData, rowStart }) {
      const last = Math.min(end, rowStart + columnData.length);
      for (let row = Math.max(start, rowStart); row < last; row++) {
        const cell: unknown = columnData[row - rowStart];
        if (hash) hash[row - start] = hashOf(cell);
        if (number) number[row - start] = toNumber(cell);
        if (cells) cells[row - start] = cell;
      }
    },
  });
}

function toNumber(cell: unknown): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell);
  const text = typeof cell === 'string' ? cell.trim() : '';
  return text === '' ? Number.NaN : Number(text);
}

/** A cell as a log would write it; 64-bit integers keep all their digits. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  return String(value);
}
