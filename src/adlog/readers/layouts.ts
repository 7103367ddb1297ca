import { parseTime } from './hashing';

/** Which column of a log plays which part. Columns are named as in the log; what is absent is null. */
export interface ColumnMapping {
  readonly label: string;
  readonly user: string | null;
  readonly ad: string | null;
  readonly time: string | null;
  readonly bid: string | null;
  readonly propensity: string | null;
  readonly position: string | null;
  /** Inputs taken as they are written, and inputs that are numbers. */
  readonly categorical: readonly string[];
  readonly numeric: readonly string[];
}

export type LayoutName = 'open-bandit' | 'criteo' | 'avazu' | 'taobao-raw' | 'taobao-joined';

export interface Layout {
  readonly name: LayoutName;
  readonly title: string;
  readonly mapping: ColumnMapping;
}

const NO_COLUMN = { user: null, ad: null, time: null, bid: null, propensity: null, position: null } as const;

/** Names of the forty columns of Criteo's display log of 2014, which has no header. */
export const CRITEO_COLUMNS: readonly string[] = [
  'label',
  ...Array.from({ length: 13 }, (_, i) => `I${i + 1}`),
  ...Array.from({ length: 26 }, (_, i) => `C${i + 1}`),
];

/** A known layout by the names of the columns, whatever their case and the blanks around them; null for any other. */
export function detectLayout(columns: readonly string[]): Layout | null {
  const names = new Map(columns.map((column) => [column.trim().toLowerCase(), column]));
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name));
  const named = (name: string) => names.get(name) ?? name;
  const others = (...taken: string[]) =>
    columns.filter((column) => !taken.includes(column.trim().toLowerCase()));

  if (has('timestamp', 'item_id', 'position', 'click') && (has('propensity_score') || has('action_prob'))) {
    const propensity = has('propensity_score') ? 'propensity_score' : 'action_prob';
    return {
      name: 'open-bandit',
      title: 'Open Bandit',
      mapping: {
        ...NO_COLUMN,
        label: named('click'),
        ad: named('item_id'),
        time: named('timestamp'),
        propensity: named(propensity),
        position: named('position'),
        categorical: columns.filter((column) => /^(item_id|position|user_feature_\d+)$/i.test(column.trim())),
        numeric: columns.filter((column) => /^user-item_affinity_\d+$/i.test(column.trim())),
      },
    };
  }
  if (has('label', 'i1', 'i13', 'c1', 'c26')) {
    return {
      name: 'criteo',
      title: 'Criteo display, 2014',
      mapping: {
        ...NO_COLUMN,
        label: named('label'),
        categorical: columns.filter((column) => /^c\d+$/i.test(column.trim())),
        numeric: columns.filter((column) => /^i\d+$/i.test(column.trim())),
      },
    };
  }
  if (has('id', 'click', 'hour', 'banner_pos', 'device_id', 'c21')) {
    return {
      name: 'avazu',
      title: 'Avazu',
      mapping: {
        ...NO_COLUMN,
        label: named('click'),
        user: named('device_id'),
        time: named('hour'),
        position: named('banner_pos'),
        categorical: others('id', 'click', 'hour'),
        numeric: [],
      },
    };
  }
  if (has('user', 'time_stamp', 'adgroup_id', 'pid', 'nonclk', 'clk')) {
    return {
      name: 'taobao-raw',
      title: 'Taobao, raw sample',
      mapping: {
        ...NO_COLUMN,
        label: named('clk'),
        user: named('user'),
        ad: named('adgroup_id'),
        time: named('time_stamp'),
        categorical: [named('user'), named('adgroup_id'), named('pid')],
        numeric: [],
      },
    };
  }
  if (has('clk', 'userid', 'adgroup_id', 'cate_id', 'customer', 'price')) {
    const time = has('time_stamp') ? 'time_stamp' : 'btag';
    return {
      name: 'taobao-joined',
      title: 'Taobao, joined',
      mapping: {
        ...NO_COLUMN,
        label: named('clk'),
        user: named('userid'),
        ad: named('adgroup_id'),
        time: names.get(time) ?? null,
        categorical: others('clk', 'time_stamp', 'price', 'click_sequence', 'nonclk'),
        numeric: [named('price')],
      },
    };
  }
  return null;
}

const GUESSES: Readonly<Record<'label' | keyof typeof NO_COLUMN, RegExp>> = {
  label: /^(label|click(ed)?|clk|is_click|target|y|conversion|converted|is_conversion)$/i,
  user: /^(user|user_?id|uid|device_id|visitor(_id)?|member_id)$/i,
  ad: /^(ad|ad_?id|item_?id|adgroup_id|creative(_id)?|campaign(_id)?|product_id)$/i,
  time: /^(((event|impression|request|log)_?)?(time|time_?stamp|ts|date_?time|date)|hour|when|(created|logged)_at)$/i,
  bid: /^(bid|bid_price|bidprice|price|cost)$/i,
  propensity: /^(propensity(_score)?|action_prob|pscore|probability)$/i,
  position: /^(position|pos|slot|rank|banner_pos)$/i,
};

/** A first proposal for the column mapper: parts by the usual names, everything else an input. `sample` holds some rows as texts. */
export function proposeMapping(
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): ColumnMapping {
  const guess = (part: keyof typeof GUESSES) =>
    columns.find((column) => GUESSES[part].test(column.trim())) ?? null;
  const textsOf = (column: string) => sample.map((row) => row[columns.indexOf(column)] ?? '');
  const parts = {
    user: guess('user'),
    ad: guess('ad'),
    time: columns.find((column) => GUESSES.time.test(column.trim()) && isTime(textsOf(column))) ?? null,
    bid: guess('bid'),
    propensity: guess('propensity'),
    position: guess('position'),
  };
  const label = guess('label') ?? binaryColumn(columns, sample) ?? columns[0] ?? '';
  const taken = new Set<string | null>([label, parts.time, parts.bid, parts.propensity]);
  const inputs = columns.filter((column) => !taken.has(column));
  const numeric = inputs.filter((column) => isMeasured(textsOf(column)));
  return { ...parts, label, numeric, categorical: inputs.filter((column) => !numeric.includes(column)) };
}

/** The column of zeros and ones that has the fewest ones: clicks are rarer than their absence. */
function binaryColumn(
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): string | undefined {
  const ones = columns.map((_, i) => {
    const values = sample.map((row) => (row[i] ?? '').trim());
    const count = values.filter((value) => value === '1').length;
    return count > 0 && values.every((value) => value === '0' || value === '1') && count < values.length
      ? count
      : Number.POSITIVE_INFINITY;
  });
  const fewest = Math.min(...ones);
  return Number.isFinite(fewest) ? columns[ones.indexOf(fewest)] : undefined;
}

/** Whether most of the texts can be read as times; with none to look at the name counts. */
function isTime(texts: readonly string[]): boolean {
  return 2 * texts.filter((text) => Number.isNaN(parseTime(text))).length <= texts.length;
}

/** Numbers with a fraction, or of many values: a quantity rather than a code. */
function isMeasured(values: readonly string[]): boolean {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  if (filled.length === 0 || filled.some((value) => value.length > 15 || Number.isNaN(Number(value))))
    return false;
  return filled.some((value) => /\d\.\d/.test(value)) && new Set(filled).size > 2;
}
