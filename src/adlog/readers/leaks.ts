import type { ColumnMapping } from './layouts';

/** A warning that an input gives the label away. */
export interface LeakWarning {
  readonly column: string;
  readonly reason: 'name' | 'values';
  readonly message: string;
}

const TELLTALE =
  /(^|_)(click|clicked|clk|nonclk|label|target|conversion|converted|convert|purchase[sd]?|order(ed|s)?|revenue|sale(s|amount)?|payout|dwell|reward|watch_?time|attribution|cpo)($|_)/i;

/** Rows that a value must be seen in before it can give anything away. */
const ENOUGH = 5;

/**
 * Inputs that leak the label: by their name, or because, on the sample, a column's few values tell the label (nearly)
 * without error although the label itself varies. `sample` holds rows as texts, in the order of `columns`.
 */
export function findLeaks(
  mapping: ColumnMapping,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): LeakWarning[] {
  const labelAt = columns.indexOf(mapping.label);
  const labels = sample.map((row) => (row[labelAt] ?? '').trim());
  return [...mapping.categorical, ...mapping.numeric].flatMap((column): LeakWarning[] => {
    if (TELLTALE.test(column.trim())) {
      const message = `The name of ${column} says that it is known only after the click.`;
      return [{ column, reason: 'name', message }];
    }
    const at = columns.indexOf(column);
    if (
      !tellsLabel(
        sample.map((row) => (row[at] ?? '').trim()),
        labels,
      )
    )
      return [];
    const message = `${column} tells the label without error on the first ${sample.length} rows.`;
    return [{ column, reason: 'values', message }];
  });
}

function tellsLabel(values: readonly string[], labels: readonly string[]): boolean {
  const counts = new Map<string, Map<string, number>>();
  const byLabel = new Map<string, number>();
  values.forEach((value, i) => {
    const label = labels[i] ?? '';
    const cell = counts.get(value) ?? new Map<string, number>();
    cell.set(label, (cell.get(label) ?? 0) + 1);
    counts.set(value, cell);
    byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
  });
  const rarest = Math.min(...byLabel.values());
  // With almost every value once (an id), or with a label hardly seen, purity proves nothing.
  if (byLabel.size < 2 || rarest < ENOUGH || counts.size > values.length / ENOUGH) return false;
  let right = 0;
  for (const cell of counts.values()) right += Math.max(...cell.values());
  const errors = values.length - right;
  return errors <= 0.02 * rarest;
}
