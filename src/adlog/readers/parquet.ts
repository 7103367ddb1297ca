import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import type { LogBuilder, RowReader } from './builder';
import { hashText } from './hashing';
import type { ColumnMapping } from './layouts';
import { LOG_LIMITS, type LogFormat, type LogProblem, problem } from './open';

/** Rows that are unpacked at a time. */
const ROWS_AT_ONCE = 8192;

function bufferOf(file: Blob): AsyncBuffer {
  return { byteLength: file.size, slice: (start, end) => file.slice(start, end ?? file.size).arrayBuffer() };
}

/** Completes the format of a Parquet file: its columns and first rows, from the footer. */
export async function openParquet(file: Blob): Promise<LogFormat | LogProblem> {
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
    const rowEnd = Math.min(LOG_LIMITS.sampleRows, Number(metadata.num_rows));
    const rows = await readRows(buffer, metadata, columns, 0, rowEnd);
    const sample = rows.map((row) => columns.map((column) => toText(row[column])));
    return { ok: true, kind: 'parquet', gzip: false, delimiter: '', header: true, columns, sample };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem('unreadable', `The Parquet file cannot be read: ${reason}.`);
  }
}

/** Reads the columns that the mapping names, some thousand rows at a time; yields the share that is done. */
export async function* readParquet(
  file: Blob,
  columns: readonly string[],
  mapping: ColumnMapping,
  builder: LogBuilder,
): AsyncGenerator<number> {
  const buffer = bufferOf(file);
  const metadata = await parquetMetadataAsync(buffer);
  const parts = [
    mapping.label,
    mapping.user,
    mapping.ad,
    mapping.time,
    mapping.bid,
    mapping.propensity,
    mapping.position,
  ];
  const wanted = new Set([...parts, ...mapping.categorical, ...mapping.numeric]);
  const read = columns.filter((column) => wanted.has(column));
  const total = Number(metadata.num_rows);
  let row: Readonly<Record<string, unknown>> = {};
  const text = (field: number) => toText(row[columns[field] ?? '']);
  const reader: RowReader = {
    text,
    hash: (field) => {
      const written = text(field);
      return written === '' ? 0 : hashText(written);
    },
    number: (field) => {
      const written = text(field);
      return written === '' ? Number.NaN : Number(written);
    },
  };
  for (let start = 0; start < total; start += ROWS_AT_ONCE) {
    const end = Math.min(total, start + ROWS_AT_ONCE);
    const rows = await readRows(buffer, metadata, read, start, end);
    rows.forEach((values, i) => {
      row = values;
      builder.add(reader, start + i + 1);
    });
    yield end / total;
  }
}

async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<Readonly<Record<string, unknown>>[]> {
  return parquetReadObjects({ file, metadata, columns: [...columns], rowStart, rowEnd });
}

/** A cell as a log would write it; 64-bit integers keep all their digits. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
