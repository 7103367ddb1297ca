import { type ColumnMapping, detectLayout, type Layout, proposeMapping } from './layouts';
import { findLeaks, type LeakWarning } from './leaks';
import { libsvmColumns } from './libsvm';
import { type LogFormat, type LogProblem, openLog } from './open';
import { openParquet } from './parquet';

/** A file as it was dropped: its format, the layout if it is known, and the mapping to begin with. */
export interface InspectedLog {
  readonly ok: true;
  readonly format: LogFormat;
  readonly layout: Layout | null;
  readonly mapping: ColumnMapping;
  readonly leaks: readonly LeakWarning[];
}

/** Looks at a dropped file: what it is, which layout it has, what a mapping could be and what would leak the label. */
export async function inspectLog(file: Blob): Promise<InspectedLog | LogProblem> {
  const opened = await openLog(file);
  if (!opened.ok) return opened;
  const format = await complete(file, opened);
  if (!format.ok) return format;
  const layout = detectLayout(format.columns);
  const mapping = layout?.mapping ?? proposeMapping(format.columns, mappedSample(format));
  return { ok: true, format, layout, mapping, leaks: leaksOf(format, mapping) };
}

/** Warnings for a mapping that the visitor has changed. */
export function leaksOf(format: LogFormat, mapping: ColumnMapping): LeakWarning[] {
  return format.kind === 'libsvm' ? [] : findLeaks(mapping, format.columns, format.sample);
}

async function complete(file: Blob, format: LogFormat): Promise<LogFormat | LogProblem> {
  if (format.kind === 'parquet') return openParquet(file, format);
  if (format.kind === 'libsvm') return { ...format, columns: libsvmColumns(format.sample) };
  return format;
}

function mappedSample(format: LogFormat): readonly (readonly string[])[] {
  return format.kind === 'libsvm' ? [] : format.sample;
}
