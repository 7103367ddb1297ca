/** A row of the table of promises: what was measured beside what is promised. */
export type Row = { part: string; measured: string; promise: string };

/** The rows as aligned text. */
export function tableOf(rows: readonly Row[]): string {
  const all = [{ part: 'part', measured: 'measured', promise: 'promise' }, ...rows];
  const width = (key: keyof Row) => Math.max(...all.map((row) => row[key].length));
  const [parts, measures] = [width('part'), width('measured')];
  return all
    .map(({ part, measured, promise }) => `${part.padEnd(parts)}  ${measured.padEnd(measures)}  ${promise}`)
    .join('\n');
}

export function milliseconds(ms: number): string {
  return `${Math.round(ms).toLocaleString('en')} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
