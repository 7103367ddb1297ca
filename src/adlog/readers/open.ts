import { createRowScanner, rowTexts } from './delimited';
import { asUtf8, type Encoding, encodingOf, foreignKind, foreignText } from './encoding';
import { CRITEO_COLUMNS } from './layouts';

export type LogProblemCode =
  | 'empty'
  | 'binary'
  | 'too-large'
  | 'too-many-columns'
  | 'one-column'
  | 'no-label'
  | 'no-rows'
  | 'no-positives'
  | 'no-negatives'
  | 'unreadable'
  | 'cancelled';

/** Why a log could not be used: what happened, in words for the person who dropped it. */
export interface LogProblem {
  readonly ok: false;
  readonly code: LogProblemCode;
  readonly message: string;
}

export type FileKind = 'delimited' | 'libsvm' | 'parquet';

/** What a look at the first kilobytes tells of a file. */
export interface LogFormat {
  readonly ok: true;
  readonly kind: FileKind;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Lines before the first row, which are comments or blank, and the comments among them that say nothing of the rows. */
  readonly skipped: number;
  readonly comments: number;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  readonly columns: readonly string[];
  /** First rows as texts, for proposals and warnings. */
  readonly sample: readonly (readonly string[])[];
}

/** Limits beyond which a file is refused with a message instead of filling the device's memory. */
export const LOG_LIMITS = { bytes: 2 ** 30, columns: 1000, sampleBytes: 2 ** 18, sampleRows: 1000 } as const;

/** The last but one is Hive's. */
const DELIMITERS = ['\t', ',', ';', '|', '\u0001', ' '] as const;
/** Characters of a name that are kept: a file without line breaks may have one name of megabytes. */
const NAME_LENGTH = 100;

export function problem(code: LogProblemCode, message: string): LogProblem {
  return { ok: false, code, message };
}

/** The text of a file in UTF-8, unpacked where it is a gzip. */
export function streamOf(
  file: Blob,
  gzip: boolean,
  encoding: Encoding = 'utf-8',
): ReadableStream<Uint8Array> {
  if (!gzip) return asUtf8(file.stream(), encoding);
  // The stream of a blob yields plain byte arrays; the platform types name their buffers more narrowly.
  const unpack = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
  return asUtf8(file.stream().pipeThrough(unpack), encoding);
}

/** Looks at the beginning of a file and says what it is. Parquet's columns are read later, from its footer. */
export async function openLog(file: Blob): Promise<LogFormat | LogProblem> {
  if (file.size === 0) return problem('empty', 'The file is empty.');
  if (file.size > LOG_LIMITS.bytes) {
    const size = (file.size / 2 ** 30).toFixed(1);
    return problem(
      'too-large',
      `The file has ${size} GB; logs of up to 1 GB can be loaded. Take a part of it.`,
    );
  }
  const magic = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (String.fromCharCode(...magic) === 'PAR1') {
    return PARQUET;
  }
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const raw = await readHead(streamOf(file, gzip));
  if (!raw)
    return problem(
      'unreadable',
      gzip ? 'The file looks like a gzip but cannot be unpacked.' : 'It cannot be read.',
    );
  if (raw.bytes.length === 0) return problem('empty', 'The file is empty.');
  const foreign = foreignKind(raw.bytes);
  if (foreign) return problem('binary', `This is ${foreign}.`);
  const encoding = encodingOf(raw.bytes);
  const head = encoding === 'utf-8' ? raw : await readHead(streamOf(file, gzip, encoding));
  if (!head || isBinary(head.bytes))
    return problem('binary', 'This is a binary file, not a log in text or Parquet.');
  const text = foreignText(head.bytes);
  if (text) return problem('binary', `This is ${text}.`);
  return formatOf(head.bytes, head.complete, { gzip, encoding });
}

/** Parquet's columns and first rows are read later, from its footer. */
const PARQUET: LogFormat = {
  ok: true,
  kind: 'parquet',
  gzip: false,
  encoding: 'utf-8',
  delimiter: '',
  skipped: 0,
  comments: 0,
  header: true,
  columns: [],
  sample: [],
};

function formatOf(
  head: Uint8Array,
  complete: boolean,
  packing: Pick<LogFormat, 'gzip' | 'encoding'>,
): LogFormat | LogProblem {
  const { skipped, comments, comment, bytes } = withoutComments(head);
  const lines = splitSample(bytes, complete, '\n');
  const texts = lines.map((row) => row.join('\n'));
  if (texts.length === 0) return problem('empty', 'The file has no rows.');
  if (looksLikeLibsvm(texts)) {
    return {
      ok: true,
      kind: 'libsvm',
      ...packing,
      delimiter: ' ',
      skipped,
      comments,
      header: false,
      columns: [],
      sample: texts.map((text) => [text]),
    };
  }
  const delimiter = findDelimiter(bytes, complete);
  const rows = splitSample(bytes, complete, delimiter);
  const [first = []] = rows;
  const width = first.length;
  if (width > LOG_LIMITS.columns) {
    return problem(
      'too-many-columns',
      `The file has ${fieldsOfFirst(bytes, delimiter)} columns; logs of up to ${LOG_LIMITS.columns} can be loaded.`,
    );
  }
  if (width < 2) {
    return problem(
      'one-column',
      'Only one column was found: is the file separated by tabs, commas, semicolons or bars?',
    );
  }
  const header = isHeader(first, rows.slice(1, 20));
  // Some programs write the names of the columns as the last comment.
  const [names = []] = header ? [] : splitSample(new TextEncoder().encode(comment), true, delimiter);
  const isNamed = names.length === width && isHeader(names, rows.slice(0, 20));
  const columns = header ? uniqueNames(first) : isNamed ? uniqueNames(names) : defaultNames(first);
  const sample = (header ? rows.slice(1) : rows).filter((row) => row.length === width);
  return {
    ok: true,
    kind: 'delimited',
    ...packing,
    delimiter,
    skipped,
    comments: comments - (isNamed ? 1 : 0),
    header,
    columns,
    sample,
  };
}

/**
 * What is left of the beginning of a text without its first lines that are blank or comments, how many these are, and the last
 * comment. Where every line begins like a comment, all are rows.
 */
function withoutComments(head: Uint8Array): {
  skipped: number;
  comments: number;
  comment: string;
  bytes: Uint8Array;
} {
  const decoder = new TextDecoder();
  let [skipped, comments, comment] = [0, 0, ''];
  for (let from = 0; from < head.length; skipped++) {
    const end = head.indexOf(10, from);
    // A decoder leaves the mark before UTF-8 out.
    const text = decoder.decode(head.subarray(from, end < 0 ? head.length : end)).trim();
    if (text !== '' && !text.startsWith('#'))
      return { skipped, comments, comment, bytes: head.subarray(from) };
    if (text !== '') {
      comments++;
      comment = text.replace(/^#+\s*/, '');
    }
    from = end < 0 ? head.length : end + 1;
  }
  return { skipped: 0, comments: 0, comment: '', bytes: head };
}

function splitSample(bytes: Uint8Array, complete: boolean, delimiter: string): string[][] {
  const rows: string[][] = [];
  const scanner = createRowScanner(delimiter, LOG_LIMITS.columns + 1, (row) => {
    if (rows.length <= LOG_LIMITS.sampleRows) rows.push(rowTexts(row));
  });
  scanner.push(bytes);
  if (complete || rows.length === 0) scanner.end();
  return rows;
}

/** Fields of the first row, however many; those that are seen of it. */
function fieldsOfFirst(bytes: Uint8Array, delimiter: string): number {
  let count = 0;
  const scanner = createRowScanner(delimiter, 1, (row) => {
    count ||= row.count;
  });
  scanner.push(bytes);
  scanner.end();
  return count;
}

/** The delimiter that gives the most columns alike over the first rows. */
function findDelimiter(bytes: Uint8Array, complete: boolean): string {
  let best: string = ',';
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const widths = splitSample(
      bytes.subarray(0, 2 ** 15),
      complete && bytes.length <= 2 ** 15,
      delimiter,
    ).map((row) => row.length);
    const width = widths[0] ?? 1;
    const alike = widths.filter((other) => other === width).length / Math.max(1, widths.length);
    if (alike > 0.8 && width > most) {
      best = delimiter;
      most = width;
    }
  }
  return best;
}

function looksLikeLibsvm(lines: readonly string[]): boolean {
  const some = lines.slice(0, 20);
  const isRow = (line: string) => /^\s*[+-]?\d+(\.\d+)?(\s+(\d+|qid):[^\s:]+)*\s*(#.*)?$/.test(line);
  // A row may have no feature at all.
  return some.every(isRow) && some.some((line) => line.includes(':'));
}

/**
 * A first row without numbers is a header if numbers stand below a field of it in every row, or if its fields differ and none
 * recurs below.
 */
function isHeader(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const isNumber = (text: string | undefined) => text?.trim() !== '' && !Number.isNaN(Number(text));
  if (first.some(isNumber)) return false;
  const isNamed = (text: string, field: number) =>
    text.trim() !== '' && below.every((row) => isNumber(row[field]));
  if (below.length > 1 && first.some(isNamed)) return true;
  const filled = first.filter((text) => text.trim() !== '');
  if (new Set(filled).size !== filled.length || filled.length < first.length - 1) return false;
  return (
    below.length === 0 || below.some((row) => row.some(isNumber)) || below.every((row) => row[0] !== first[0])
  );
}

function defaultNames(first: readonly string[]): string[] {
  const criteo = first.length === CRITEO_COLUMNS.length && /^[01]$/.test(first[0]?.trim() ?? '');
  return criteo ? [...CRITEO_COLUMNS] : first.map((_, i) => `column ${i + 1}`);
}

/** Names trimmed; nameless ones are numbered, and a repeated one gets a number too. */
function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name, i) => {
    const trimmed = name.trim().slice(0, NAME_LENGTH);
    const wanted = trimmed === '' ? `column ${i + 1}` : trimmed;
    const unique = used.has(wanted) ? `${wanted} (${i + 1})` : wanted;
    used.add(unique);
    return unique;
  });
}

/** Control characters do not occur in logs, but for one that parts columns; a few bytes that are not UTF-8 may. */
function isBinary(bytes: Uint8Array): boolean {
  const odd = bytes
    .subarray(0, 8192)
    .filter((byte) => (byte < 9 && byte !== 1) || (byte > 13 && byte < 32)).length;
  return odd > 0.01 * Math.min(bytes.length, 8192);
}

async function readHead(
  stream: ReadableStream<Uint8Array>,
): Promise<{ bytes: Uint8Array; complete: boolean } | null> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < LOG_LIMITS.sampleBytes) {
      const { done, value } = await reader.read();
      if (done) return { bytes: join(parts, size), complete: true };
      parts.push(value);
      size += value.length;
    }
  } catch {
    return null;
  }
  await reader.cancel();
  return { bytes: join(parts, size), complete: false };
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
