import { createLogBuilder, type LogBuilder, type RowReader } from './builder';
import { createRowScanner, type FieldSpans, fieldText } from './delimited';
import { hashBytes, parseNumber, parseTime } from './hashing';
import type { ColumnMapping } from './layouts';
import { readLibsvm } from './libsvm';
import { type LogFormat, type LogProblem, problem, streamOf } from './open';
import { readParquet } from './parquet';
import type { RealLog } from './real-log';

export interface LoadOptions {
  /** Rows after which reading stops. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
  /** Share of the file read, in [0, 1], and rows so far; called at most once a chunk. */
  readonly onProgress?: (share: number, rows: number) => void;
}

export const MAX_ROWS = 2_000_000;

/** Milliseconds of work after which other work gets its turn. */
const SHIFT_MS = 25;

/** Reads a whole log by chunks, giving way to other work in between. Nothing leaves the device. */
export async function loadLog(
  file: Blob,
  format: LogFormat,
  mapping: ColumnMapping,
  options: LoadOptions = {},
): Promise<RealLog | LogProblem> {
  const builder = createLogBuilder(mapping, format.columns, parseTime);
  if ('ok' in builder) return builder;
  const { maxRows = MAX_ROWS, signal, onProgress } = options;
  const full = () => builder.rows() >= maxRows;
  try {
    let rested = performance.now();
    for await (const share of steps(file, format, mapping, builder, full)) {
      if (signal?.aborted) return problem('cancelled', 'Loading was stopped.');
      onProgress?.(Math.min(1, share), builder.rows());
      if (full()) break;
      // Not after every chunk: browsers stretch repeated timeouts to four milliseconds each.
      if (performance.now() - rested < SHIFT_MS) continue;
      await breathe();
      rested = performance.now();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem('unreadable', `The file could not be read to its end: ${reason}.`);
  }
  return builder.finish(full());
}

function steps(
  file: Blob,
  format: LogFormat,
  mapping: ColumnMapping,
  builder: LogBuilder,
  full: () => boolean,
): AsyncGenerator<number> {
  if (format.kind === 'parquet') return readParquet(file, format.columns, mapping, builder, full);
  if (format.kind === 'libsvm') return readLibsvm(chunks(file, format), format, builder, full);
  return readDelimited(chunks(file, format), format, builder, full);
}

/** Lets messages and painting through between chunks. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * The text of a file and the share of it that was read; of a gzip, that share is guessed from a packing of one to four, of
 * UTF-16 from two bytes a letter.
 */
export async function* chunks(
  file: Blob,
  { gzip, encoding }: Pick<LogFormat, 'gzip' | 'encoding'>,
): AsyncGenerator<{ bytes: Uint8Array; share: number }> {
  const reader = streamOf(file, gzip, encoding).getReader();
  const size = (file.size * (gzip ? 4 : 1)) / (encoding === 'utf-8' ? 1 : 2);
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      read += value.length;
      yield { bytes: value, share: read / size };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* readDelimited(
  source: AsyncIterable<{ bytes: Uint8Array; share: number }>,
  format: LogFormat,
  builder: LogBuilder,
  full: () => boolean,
): AsyncGenerator<number> {
  const width = format.columns.length;
  let row: FieldSpans | null = null;
  let skip = format.header;
  const reader: RowReader = {
    hash: (field) => (row ? hashBytes(row.bytes, row.starts[field] ?? 0, row.ends[field] ?? 0) : 0),
    number: (field) =>
      row ? parseNumber(row.bytes, row.starts[field] ?? 0, row.ends[field] ?? 0) : Number.NaN,
    text: (field) => (row ? fieldText(row, field) : ''),
  };
  const takeRow = (spans: FieldSpans) => {
    if (skip) {
      skip = false;
      return;
    }
    if (full()) return;
    // A delimiter behind the last field is no field more.
    const isTrailing = spans.count === width + 1 && spans.ends[width] === spans.starts[width];
    if (spans.count !== width && !isTrailing) {
      builder.reject(
        spans.line,
        `${spans.count} ${spans.count === 1 ? 'field' : 'fields'} instead of ${width}`,
      );
      return;
    }
    row = spans;
    builder.add(reader, spans.line);
  };
  const scanner = createRowScanner(format.delimiter, width + 1, takeRow, { skipped: format.skipped });
  for await (const { bytes, share } of source) {
    scanner.push(bytes);
    yield share;
  }
  scanner.end();
  yield 1;
}
