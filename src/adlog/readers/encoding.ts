/** How a text file writes its characters. Anything else that is nearly ASCII is read as UTF-8. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Bytes that tell; more would not change the answer. */
const LOOKED_AT = 4096;

/** The encoding by its mark, or, for texts in mostly Latin letters, by where the zero bytes are. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const bytes = head.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  bytes.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, bytes.length / 2));
  if (odd > 0.7 && even < 0.05) return 'utf-16le';
  return even > 0.7 && odd < 0.05 ? 'utf-16be' : 'utf-8';
}

/** The text as UTF-8. */
export function asUtf8(bytes: ReadableStream<Uint8Array>, encoding: Encoding): ReadableStream<Uint8Array> {
  if (encoding === 'utf-8') return bytes;
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return bytes.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, control) => control.enqueue(encoder.encode(decoder.decode(chunk, { stream: true }))),
      flush: (control) => control.enqueue(encoder.encode(decoder.decode())),
    }),
  );
}

/** First bytes of files that are no logs, and what to do with such a file. */
const KINDS: readonly (readonly [signature: string, what: string])[] = [
  ['PK\x03\x04', 'a ZIP archive or an Excel sheet: unpack the archive, or save the sheet as CSV'],
  ['BZh', 'packed with bzip2: unpack it, or pack it with gzip'],
  ['\xfd7zXZ', 'packed with xz: unpack it, or pack it with gzip'],
  ['\x28\xb5\x2f\xfd', 'packed with Zstandard: unpack it, or pack it with gzip'],
  ['7z\xbc\xaf', 'a 7-Zip archive: unpack it'],
  ['Rar!', 'a RAR archive: unpack it'],
  ['ARROW1', 'an Arrow or Feather file: write it as Parquet'],
  ['Obj\x01', 'an Avro file: write it as Parquet'],
  ['ORC', 'an ORC file: write it as Parquet'],
  ['SQLite format 3', 'a database: write the table as CSV'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
];

/** What a file is by its first bytes, where it is something that cannot be a log; null otherwise. */
export function foreignKind(head: Uint8Array): string | null {
  const start = String.fromCharCode(...head.subarray(0, 24));
  return KINDS.find(([signature]) => start.startsWith(signature))?.[1] ?? null;
}

/** What a text is where it is no table: JSON or a web page. */
export function foreignText(head: Uint8Array): string | null {
  const start = new TextDecoder().decode(head.subarray(0, 512)).trimStart();
  if (/^\[?\s*\{\s*"/.test(start)) return 'JSON: write it as CSV with one row an impression';
  return /^<(!doctype|html|\?xml)/i.test(start) ? 'a web page, not a log: fetch the file itself' : null;
}
