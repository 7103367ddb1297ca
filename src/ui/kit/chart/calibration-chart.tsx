import { words } from '../../words.ts';
import { axisText, axisTitle, extent, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { Axes, EndLabels, Legend, Marker, Reader, Readout, SeriesLine, textWidth, WIDE } from './plot.tsx';
import { useStop } from './reading.ts';
import { type Tone, toneColour } from './tones.ts';
import type { Axis, ChartText, Series } from './types.ts';
import { useWidth } from './use-width.ts';

/** Rows of like prediction: their mean prediction, the observed rate and its interval. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly low?: number;
  readonly high?: number;
  readonly rows: number;
}

export type CalibrationChartProps = ChartText & {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly {
    readonly id: string;
    readonly name: string;
    readonly tone: Tone;
    readonly points: readonly CalibrationPoint[];
  }[];
  /** Lines over the same axes, for instance what an adapter makes of a prediction. */
  readonly lines?: readonly {
    readonly id: string;
    readonly name: string;
    readonly tone: Tone;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
  readonly height?: number;
};

/** Observed rate against prediction; on the dotted diagonal a model is right. */
export function CalibrationChart(props: CalibrationChartProps) {
  const { title, description, x, y, curves, lines = [], height = 320 } = props;
  const [area, width] = useWidth<HTMLDivElement>();
  const isWide = width >= WIDE;
  const points = curves.flatMap(({ id, name, tone, points }) =>
    points.map((point) => ({ id, name, tone, ...point })),
  );
  const [at, setAt] = useStop(points.length);
  const both = extent([
    ...points.flatMap(({ predicted, observed }) => [predicted, observed]),
    ...lines.flatMap(({ points }) => points.flatMap((point) => [point.x, point.y])),
  ]);
  const isLog = x.scale === 'log';
  const positive = extent(
    points.flatMap(({ predicted, observed }) => [predicted, observed]).filter((value) => value > 0),
  );
  const domain: [number, number] = isLog
    ? [(positive?.[0] ?? 1e-3) / 1.3, (positive?.[1] ?? 1) * 1.3]
    : [0, (both?.[1] ?? 1) * 1.05];
  const top = 34;
  const bottom = height - 42;
  // Intervals reach beyond the points, as far as they leave these some room.
  const highest = Math.max(domain[1], ...points.map(({ high = 0 }) => high));
  const yDomain = isLog ? domain : ([0, Math.min(2 * domain[1], highest)] as const);
  const yScale = layAxis({ domain: yDomain, ...y }, [], bottom, top, 4);
  const left = Math.ceil(12 + textWidth(yScale.ticks.map(({ label }) => label)));
  const named = [...curves, ...lines];
  const right = Math.max(
    left + 40,
    width - (isWide ? Math.min(0.36 * width, 28 + textWidth(named.map(({ name }) => name))) : 10),
  );
  const box = { left, right, top, bottom };
  const xScale = layAxis({ domain, ...x }, [], left, right, isWide ? 6 : 3);
  const clampY = (value: number) =>
    Math.min(bottom, Math.max(top, yScale.at(isLog ? Math.max(value, domain[0]) : value)));
  const chosen = points[at];
  const text = chosen ? pointText(chosen, x, y) : '';
  const ends: Series[] = named.map(({ id, name, tone, points }) => {
    const last = points[points.length - 1];
    return { id, name, tone, y: [last ? ('observed' in last ? last.observed : last.y) : null] };
  });
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [
          words.chart.line,
          axisTitle(x),
          axisTitle(y),
          words.chart.low(y.title),
          words.chart.high(y.title),
          words.chart.rows,
        ],
        rows: [
          ...points.map(({ name, predicted, observed, low, high, rows }) => [
            name,
            predicted,
            observed,
            low ?? null,
            high ?? null,
            rows,
          ]),
          ...lines.flatMap(({ name, points }) => points.map((p) => [name, p.x, p.y, null, null, null])),
        ],
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              <Axes box={box} x={xScale} y={yScale} xAxis={x} yAxis={y} grid="both" />
              <path
                className={styles.reference}
                d={`M${xScale.at(domain[0])} ${yScale.at(domain[0])}L${xScale.at(domain[1])} ${yScale.at(domain[1])}`}
              />
              {lines.map(({ id, name, tone, points: line }) => (
                <SeriesLine
                  key={id}
                  series={{ id, name, tone, y: line.map((point) => point.y) }}
                  xs={line.map((point) => point.x)}
                  x={xScale}
                  y={yScale}
                />
              ))}
              {points.map(({ id, tone, predicted, observed, low, high }, i) => (
                <g key={`${id} ${predicted}`} opacity={at < 0 || at === i ? 1 : 0.6}>
                  {low !== undefined && high !== undefined && (
                    <path
                      stroke={toneColour(tone)}
                      d={`M${xScale.at(predicted)} ${clampY(low)}V${clampY(high)}`}
                    />
                  )}
                  {(!isLog || observed > 0) && (
                    <Marker
                      tone={tone}
                      x={xScale.at(predicted)}
                      y={clampY(observed)}
                      r={at === i ? 5.5 : 4}
                    />
                  )}
                </g>
              ))}
              {isWide && <EndLabels series={ends} y={yScale} box={box} joined={false} />}
            </svg>
            <Reader
              box={box}
              label={words.chart.read(title)}
              stops={points.map(({ id, predicted, observed }) => ({
                line: curves.findIndex((curve) => curve.id === id),
                x: xScale.at(predicted),
                y: clampY(observed),
              }))}
              at={at}
              text={text}
              onStop={setAt}
            />
          </>
        )}
      </div>
      {!isWide && width > 0 && <Legend items={named} />}
      <Readout>{text}</Readout>
    </ChartFrame>
  );
}

function pointText(
  { name, predicted, observed, low, high, rows }: CalibrationPoint & { name: string },
  x: Axis,
  y: Axis,
): string {
  const range =
    low !== undefined && high !== undefined ? ` (${axisText(y, low)} to ${axisText(y, high)})` : '';
  return `${name}: ${x.title} ${axisText(x, predicted)}, ${y.title} ${axisText(y, observed)}${range}, ${rows} ${words.chart.rows}`;
}
