/** One row of a delimited text: where each field lies in `bytes`. Valid until the next row is asked for. */
export interface FieldSpans {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Fields of the row; more than the capacity of the spans are counted, not kept. */
  count: number;
  /** Line on which the row starts, from 1. */
  line: number;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/**
 * Splits text, fed chunk by chunk, into rows and fields on the bytes themselves. Fields may be quoted (RFC 4180), and then
 * hold delimiters and line breaks; their spans leave the quotes out. A quote that never closes before a delimiter is a letter.
 * Empty lines are skipped.
 */
export interface RowScanner {
  /** Calls `onRow` for each row that this chunk completes. */
  push(chunk: Uint8Array): void;
  /** Ends the text: a last row without a line break counts. */
  end(): void;
}

/**
 * `delimiter` is one ASCII character. The first `skipped` lines are counted, not scanned. A row longer than `maxRowBytes` is cut
 * there, so that a file without line breaks cannot fill the memory.
 */
export function createRowScanner(
  delimiter: string,
  maxFields: number,
  onRow: (row: FieldSpans) => void,
  { skipped = 0, maxRowBytes = 2 ** 22 }: { skipped?: number; maxRowBytes?: number } = {},
): RowScanner {
  const separator = delimiter.charCodeAt(0);
  const row: FieldSpans = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(maxFields),
    ends: new Int32Array(maxFields),
    count: 0,
    line: 1,
  };
  let rest = new Uint8Array(0);
  let line = 1;
  let begun = false;

  /** Scans the row at `from`; returns where the next one starts, or -1 where the row is not complete. */
  function scanRow(bytes: Uint8Array, from: number, last: boolean): number {
    row.bytes = bytes;
    row.count = 0;
    row.line = line;
    let at = from;
    let lines = 0;
    for (;;) {
      let start = at;
      let end = -1;
      if (bytes[at] === QUOTE) {
        const close = closingQuote(bytes, at + 1, separator);
        if (close === UNFINISHED && !last) return -1;
        if (close >= 0) {
          start = at + 1;
          end = close;
          for (let i = start; i < end; i++) if (bytes[i] === NEWLINE) lines++;
          at = close + 1;
        }
      }
      while (at < bytes.length && bytes[at] !== separator && bytes[at] !== NEWLINE) at++;
      if (at >= bytes.length && !last) return -1;
      if (end < 0) {
        end = Math.min(at, bytes.length);
        if (bytes[at] !== separator && end > start && bytes[end - 1] === RETURN) end--;
      }
      if (row.count < maxFields) {
        row.starts[row.count] = start;
        row.ends[row.count] = end;
      }
      row.count++;
      if (at >= bytes.length || bytes[at] === NEWLINE) break;
      at++;
    }
    line += lines + 1;
    return Math.min(at + 1, bytes.length);
  }

  function scan(bytes: Uint8Array, last: boolean): void {
    // The first bytes may be a mark.
    const isReady = begun || last || bytes.length > 2;
    let from = begun ? 0 : byteOrderMark(bytes);
    begun = isReady;
    while (isReady && line <= skipped && from < bytes.length) {
      const end = bytes.indexOf(NEWLINE, from);
      if (end >= 0) line++;
      from = end < 0 ? bytes.length : end + 1;
    }
    while (isReady && from < bytes.length) {
      const next = scanRow(bytes, from, last || bytes.length - from > maxRowBytes);
      if (next < 0) break;
      const empty = row.count === 1 && (row.ends[0] ?? 0) <= (row.starts[0] ?? 0);
      if (!empty) onRow(row);
      from = next;
    }
    rest = bytes.slice(from);
  }

  return {
    push(chunk) {
      if (rest.length === 0) {
        scan(chunk, false);
        return;
      }
      const joined = new Uint8Array(rest.length + chunk.length);
      joined.set(rest);
      joined.set(chunk, rest.length);
      scan(joined, false);
    },
    end() {
      scan(rest, true);
    },
  };
}

const UNFINISHED = -1;
const STRAY = -2;

/**
 * Where the quoted field that begins at `from` closes; STRAY where the quote is a letter of an unquoted field, so that one of
 * them does not swallow the rows below, and UNFINISHED where these bytes do not tell.
 */
function closingQuote(bytes: Uint8Array, from: number, separator: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
    const next = bytes[at + 1];
    if (next === QUOTE) continue;
    const closes = next === undefined || next === separator || next === NEWLINE || next === RETURN;
    return closes ? at : STRAY;
  }
  return UNFINISHED;
}

/** Bytes of the mark that some programs write before UTF-8; it is no part of the first field. */
function byteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const decoder = new TextDecoder();

/** Text of a field; doubled quotes stay doubled. */
export function fieldText(row: FieldSpans, field: number): string {
  return decoder.decode(row.bytes.subarray(row.starts[field] ?? 0, row.ends[field] ?? 0));
}

/** Texts of all fields that the spans hold. */
export function rowTexts(row: FieldSpans): string[] {
  const kept = Math.min(row.count, row.starts.length);
  return Array.from({ length: kept }, (_, field) => fieldText(row, field));
}
