import { gunzipSync, gzipSync } from 'fflate';

export type Column = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

const KINDS = {
  i8: Int8Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
};
type Kind = keyof typeof KINDS;

const MAGIC = 'scoreline-columns-1';

/** Thrown for bytes that are no archive, or a damaged one. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/**
 * Packs named columns and a JSON value. 32-bit integers are written as differences, and the bytes of wide numbers apart
 * by significance, which lets gzip find what repeats.
 */
export function packColumns(meta: unknown, columns: ReadonlyMap<string, Column>): Uint8Array {
  const entries = [...columns].map(([name, column]) => ({
    name,
    kind: kindOf(column),
    length: column.length,
  }));
  const header = new TextEncoder().encode(JSON.stringify({ magic: MAGIC, meta, columns: entries }));
  const bodies = [...columns.values()].map(encodeColumn);
  const size = bodies.reduce((sum, body) => sum + body.length, 4 + header.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = 4 + header.length;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return gzipSync(bytes, { level: 9, mtime: 0 });
}

/** Reverses `packColumns`; throws an ArchiveError. */
export function unpackColumns(packed: Uint8Array): { meta: unknown; columns: Map<string, Column> } {
  const bytes = unzip(packed);
  if (bytes.length < 4) throw new ArchiveError('The archive is too short.');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (headerLength > bytes.length - 4) throw new ArchiveError('The archive has no header.');
  const { meta, entries } = parseHeader(new TextDecoder().decode(bytes.subarray(4, 4 + headerLength)));
  const columns = new Map<string, Column>();
  let at = 4 + headerLength;
  for (const { name, kind, length } of entries) {
    const size = length * KINDS[kind].BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw new ArchiveError(`The archive ends within the column ${name}.`);
    columns.set(name, decodeColumn(bytes.subarray(at, at + size), kind));
    at += size;
  }
  return { meta, columns };
}

function unzip(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed);
  } catch {
    throw new ArchiveError('The archive cannot be unpacked.');
  }
}

interface Entry {
  readonly name: string;
  readonly kind: Kind;
  readonly length: number;
}

function parseHeader(text: string): { meta: unknown; entries: Entry[] } {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new ArchiveError('The header of the archive is damaged.');
  }
  if (!isRecord(header) || header.magic !== MAGIC || !Array.isArray(header.columns)) {
    throw new ArchiveError('This is not an archive of columns.');
  }
  return { meta: header.meta, entries: header.columns.map(parseEntry) };
}

function parseEntry(entry: unknown): Entry {
  if (!isRecord(entry)) throw new ArchiveError('The archive lists something that is no column.');
  const { name, kind, length } = entry;
  if (typeof name !== 'string' || !isKind(kind) || typeof length !== 'number' || !(length >= 0)) {
    throw new ArchiveError('The archive lists something that is no column.');
  }
  return { name, kind, length };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(KINDS, value);
}

function kindOf(column: Column): Kind {
  if (column instanceof Int8Array) return 'i8';
  if (column instanceof Uint8Array) return 'u8';
  if (column instanceof Uint16Array) return 'u16';
  if (column instanceof Uint32Array) return 'u32';
  return column instanceof Float32Array ? 'f32' : 'f64';
}

function encodeColumn(column: Column): Uint8Array {
  const source = column instanceof Uint32Array ? differences(column) : column;
  const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return transpose(bytes, source.length, source.BYTES_PER_ELEMENT);
}

function decodeColumn(bytes: Uint8Array, kind: Kind): Column {
  const width = KINDS[kind].BYTES_PER_ELEMENT;
  const plain = transpose(bytes, width, bytes.length / width);
  const column = viewOf(plain.buffer, kind);
  if (!(column instanceof Uint32Array)) return column;
  for (let i = 1; i < column.length; i++) column[i] = (column[i] ?? 0) + (column[i - 1] ?? 0);
  return column;
}

function viewOf(buffer: ArrayBuffer, kind: Kind): Column {
  switch (kind) {
    case 'i8':
      return new Int8Array(buffer);
    case 'u8':
      return new Uint8Array(buffer);
    case 'u16':
      return new Uint16Array(buffer);
    case 'u32':
      return new Uint32Array(buffer);
    case 'f32':
      return new Float32Array(buffer);
    case 'f64':
      return new Float64Array(buffer);
  }
}

function differences(column: Uint32Array): Uint32Array {
  return column.map((value, i) => value - (i > 0 ? (column[i - 1] ?? 0) : 0));
}

/** Reads `rows` × `width` bytes by columns. */
function transpose(bytes: Uint8Array, rows: number, width: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < width; k++) out[k * rows + row] = bytes[row * width + k] as number;
  }
  return out;
}
