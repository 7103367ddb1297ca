import { words } from '../../words.ts';
import { axisText, axisTitle, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { signed } from './format.ts';
import { ChartFrame } from './frame.tsx';
import { Axes, ListReader, LyingBar, Readout, textWidth } from './plot.tsx';
import { useStop } from './reading.ts';
import type { Axis, ChartText } from './types.ts';
import { useWidth } from './use-width.ts';

export interface WaterfallStep {
  readonly label: string;
  /** The level of a start or a total, the difference of a change. */
  readonly value: number;
  readonly kind: 'start' | 'change' | 'total';
}

export type WaterfallChartProps = ChartText & { readonly y: Axis; readonly steps: readonly WaterfallStep[] };

const ROW = 30;

/** From one value to another, step by step: each bar starts where the one above it ended. */
export function WaterfallChart({ title, description, y, steps }: WaterfallChartProps) {
  const [area, width] = useWidth<HTMLDivElement>();
  const spans = waterfallSpans(steps);
  const texts = steps.map(({ kind, value }) =>
    kind === 'change' ? signed(value, (v) => axisText(y, v)) : axisText(y, value),
  );
  const left = Math.min(0.45 * width, 10 + textWidth(steps.map(({ label }) => label)));
  const right = Math.max(left + 60, width - 14 - textWidth(texts));
  const top = 4;
  const bottom = top + ROW * steps.length;
  const height = bottom + 42;
  const scale = layAxis(
    y,
    [0, ...spans.flat()],
    left,
    right,
    Math.min(5, Math.max(1, Math.floor((right - left) / 64))),
  );
  const [at, setAt] = useStop(steps.length);
  const read = steps[at];
  const text = read ? `${read.label}: ${texts[at]}${y.unit ? ` ${y.unit}` : ''}` : '';
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [words.chart.step, axisTitle(y)],
        rows: steps.map(({ label, value }) => [label, value]),
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              {read && <rect className={styles.row} x={0} width={width} y={top + ROW * at} height={ROW} />}
              <Axes box={{ left, right, top, bottom }} x={scale} y={null} xAxis={y} yAxis={null} grid="x" />
              {steps.map(({ label, kind, value }, i) => {
                const [from = 0, to = 0] = spans[i] ?? [];
                const [a, b] = [scale.at(from), scale.at(to)];
                const tone = kind === 'change' ? (value < 0 ? 'orange' : 'blue') : 'ink';
                return (
                  <g key={label} transform={`translate(0 ${top + ROW * (i + 0.5)})`}>
                    <text className={styles.strong} x={left - 8} dy="0.35em" textAnchor="end">
                      {label}
                    </text>
                    <LyingBar from={a} to={b} height={16} tone={tone} />
                    {i + 1 < steps.length && <path className={styles.axis} d={`M${b} 8v${ROW - 16}`} />}
                    <text className={styles.strong} x={right + 8} dy="0.35em">
                      {texts[i]}
                    </text>
                  </g>
                );
              })}
            </svg>
            <ListReader
              width={width}
              rows={{ middles: steps.map((_, i) => top + ROW * (i + 0.5)), top, bottom }}
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

/** Where each bar starts and ends: starts and totals from 0, changes from where the step before ended. */
export function waterfallSpans(steps: readonly WaterfallStep[]): [number, number][] {
  let level = 0;
  return steps.map(({ kind, value }) => {
    const from = kind === 'change' ? level : 0;
    level = from + value;
    return [from, level];
  });
}
