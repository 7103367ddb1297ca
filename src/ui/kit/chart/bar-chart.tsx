import { words } from '../../words.ts';
import { axisText, axisTitle, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { interval } from './format.ts';
import { ChartFrame } from './frame.tsx';
import { Axes, ListReader, LyingBar, Readout, textWidth } from './plot.tsx';
import { useStop } from './reading.ts';
import type { Tone } from './tones.ts';
import type { Axis, ChartText } from './types.ts';
import { useWidth } from './use-width.ts';

export interface Bar {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  /** Ends of the interval. */
  readonly low?: number;
  readonly high?: number;
  readonly tone?: Tone;
  /** A few words beside the figure, such as the rows behind it. */
  readonly note?: string;
}

export type BarChartProps = ChartText & {
  /** What the bars measure. */
  readonly y: Axis;
  readonly bars: readonly Bar[];
  /** A value to compare with; bars start there where it is given. */
  readonly reference?: { readonly y: number; readonly label: string };
};

const ROW = 28;
/** Height of a row whose texts stand above its bar. */
const TALL_ROW = 42;
/** Share of the width that bars need beside their texts. */
const BAR_SHARE = 0.4;

/**
 * Horizontal bars with their figures; intervals as whiskers, a reference as a dotted line. Where long texts would leave the
 * bars no room, they stand above them.
 */
export function BarChart({ title, description, y, bars, reference }: BarChartProps) {
  const [area, width] = useWidth<HTMLDivElement>();
  const base = reference?.y ?? (y.domain ? y.domain[0] : 0);
  const ends = bars.flatMap(({ value, low, high }) => [value, low, high]);
  const texts = bars.map(({ value, note }) => `${axisText(y, value)}${note ? ` · ${note}` : ''}`);
  const before = Math.min(0.42 * width, 10 + textWidth(bars.map(({ label }) => label)));
  const behind = Math.max(before + 60, width - 12 - Math.min(0.4 * width, textWidth(texts)));
  const isStacked = behind - before < BAR_SHARE * width || before >= 0.42 * width;
  const [left, right] = isStacked ? [14, Math.max(74, width - 14)] : [before, behind];
  const rowHeight = isStacked ? TALL_ROW : ROW;
  const top = reference ? 22 : 6;
  const bottom = top + rowHeight * bars.length + 4;
  const height = bottom + 42;
  const scale = layAxis(
    y,
    [base, ...ends],
    left,
    right,
    Math.min(5, Math.max(1, Math.floor((right - left) / 64))),
  );
  const [at, setAt] = useStop(bars.length);
  const middleOf = (i: number) => top + rowHeight * (i + 0.5) + (isStacked ? 9 : 2);
  const read = bars[at];
  const text = read ? barText(read, y) : '';
  const clamp = (value: number) => Math.min(right, Math.max(left, scale.at(value)));
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [title, axisTitle(y), words.chart.low(y.title), words.chart.high(y.title), words.chart.note],
        rows: bars.map(({ label, value, low, high, note }) => [
          label,
          value,
          low ?? null,
          high ?? null,
          note ?? null,
        ]),
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              {read && (
                <rect
                  className={styles.row}
                  x={0}
                  width={width}
                  y={top + rowHeight * at + (isStacked ? 0 : 2)}
                  height={rowHeight}
                />
              )}
              <Axes box={{ left, right, top, bottom }} x={scale} y={null} xAxis={y} yAxis={null} grid="x" />
              {bars.map(({ id, label, value, low, high, tone = 'blue' }, i) => {
                const [from, to] = [clamp(base), clamp(value)];
                return (
                  <g key={id} transform={`translate(0 ${middleOf(i)})`}>
                    <text
                      className={styles.strong}
                      x={isStacked ? 0 : left - 8}
                      y={isStacked ? -17 : 0}
                      dy="0.35em"
                      textAnchor={isStacked ? 'start' : 'end'}
                    >
                      {shorten(label, isStacked ? width - 12 - textWidth([texts[i] ?? '']) : left - 8)}
                    </text>
                    {Number.isFinite(value) && <LyingBar from={from} to={to} height={14} tone={tone} />}
                    {low !== undefined && high !== undefined && Number.isFinite(low + high) && (
                      <path
                        stroke="var(--ink)"
                        strokeWidth="1.25"
                        d={`M${clamp(low)} 0H${clamp(high)}M${clamp(low)} -4v8M${clamp(high)} -4v8`}
                      />
                    )}
                    <text
                      className={styles.strong}
                      x={isStacked ? width : right + 10}
                      y={isStacked ? -17 : 0}
                      dy="0.35em"
                      textAnchor={isStacked ? 'end' : 'start'}
                    >
                      {texts[i]}
                    </text>
                  </g>
                );
              })}
              {reference && (
                <g transform={`translate(${scale.at(reference.y)} 0)`}>
                  <path className={styles.reference} d={`M0 ${top - 4}V${bottom}`} />
                  <text y={top - 9} textAnchor="middle">
                    {reference.label}
                  </text>
                </g>
              )}
            </svg>
            <ListReader
              width={width}
              rows={{ middles: bars.map((_, i) => middleOf(i)), top, bottom }}
              label={words.chart.read(title)}
              at={at}
              text={text}
              onStop={setAt}
            />
          </>
        )}
      </div>
      <Readout>{text}</Readout>
    </ChartFrame>
  );
}

function barText({ label, value, low, high, note }: Bar, y: Axis): string {
  const text = (one: number) => axisText(y, one);
  const figure = low !== undefined && high !== undefined ? interval(value, low, high, text) : text(value);
  return `${label}: ${figure}${y.unit ? ` ${y.unit}` : ''}${note ? `, ${note}` : ''}`;
}

function shorten(text: string, room: number): string {
  const fits = Math.floor(room / 6.2);
  return text.length <= fits ? text : `${text.slice(0, Math.max(1, fits - 1))}…`;
}
