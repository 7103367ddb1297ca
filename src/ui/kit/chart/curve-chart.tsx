import { useState } from 'react';
import { words } from '../../words.ts';
import { extent, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { nearest } from './label-places.ts';
import { Axes, EndLabels, Legend, Reader, SeriesLine, SeriesReadout, textWidth, WIDE } from './plot.tsx';
import { useStop } from './reading.ts';
import { readingText, readSeries, seriesTable } from './series-table.ts';
import type { Axis, ChartText, Cut, Mark, Series } from './types.ts';
import { useWidth } from './use-width.ts';

export type CurveChartProps = ChartText & {
  readonly xs: readonly number[];
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly cut?: Cut;
  readonly reference?: { readonly y: number; readonly label: string };
  readonly marks?: readonly Mark[];
  readonly height?: number;
};

/** Lines over a continuous x, with a cut that can be dragged, stepped and typed. */
export function CurveChart(props: CurveChartProps) {
  const { title, description, xs, x, y, series, cut, reference, marks = [], height = 300 } = props;
  const [area, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useStop(xs.length);
  const isWide = width >= WIDE;
  const labels = [...series.map(({ name, endLabel }) => endLabel ?? name), reference?.label ?? ''];
  const ys = series.flatMap(({ y: values, low = [], high = [] }) => [...values, ...low, ...high]);
  const yValues = reference ? [...ys, reference.y] : ys;
  const top = 34;
  const bottom = height - 42;
  const yScale = layAxis(y, yValues, bottom, top);
  const left = Math.ceil(12 + textWidth(yScale.ticks.map(({ label }) => label)));
  const right = Math.max(left + 40, width - (isWide ? Math.min(0.36 * width, 28 + textWidth(labels)) : 10));
  const box = { left, right, top, bottom };
  const xScale = layAxis({ domain: extent(xs) ?? [0, 1], ...x }, xs, left, right, isWide ? 8 : 5);
  const place = cut ? cut.value : (xs[at] ?? null);
  const reading = readSeries(xs, series, place);
  const values = cut ? valuesOf(cut) : xs;
  return (
    <ChartFrame title={title} description={description} table={seriesTable(x, y, xs, series)}>
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              <Axes box={box} x={xScale} y={yScale} xAxis={x} yAxis={y} />
              {reference && (
                <g transform={`translate(0 ${yScale.at(reference.y)})`}>
                  <path className={styles.reference} d={`M${left} 0H${right}`} />
                  {!isWide && (
                    <text x={right} y={-5} textAnchor="end">
                      {reference.label}
                    </text>
                  )}
                </g>
              )}
              {marks.map((mark, i) => (
                <g key={`${mark.x} ${mark.label}`} transform={`translate(${xScale.at(mark.x)} 0)`}>
                  <path className={styles.reference} d={`M0 ${top}V${bottom}`} />
                  <text x={4} y={top + 10 + 14 * (i % 2)}>
                    {mark.label}
                  </text>
                </g>
              ))}
              {series.map((one) => (
                <SeriesLine key={one.id} series={one} xs={xs} x={xScale} y={yScale} />
              ))}
              {isWide && <EndLabels series={series} y={yScale} box={box} reference={reference} />}
              {place !== null && (
                <g transform={`translate(${xScale.at(place)} 0)`}>
                  <path className={cut ? styles.cut : styles.cross} d={`M0 ${top}V${bottom}`} />
                  {cut && <circle className={styles.cutKnob} cy={bottom} r={7} />}
                </g>
              )}
            </svg>
            <Reader
              box={{ ...box, bottom: bottom + (cut ? 8 : 0) }}
              label={cut ? words.chart.cut(cut.label) : words.chart.read(title)}
              stops={values.map((value) => ({ line: 0, x: xScale.at(value), y: 0 }))}
              at={cut ? nearest(values, cut.value) : at}
              text={readingText(reading, x, y)}
              look={cut ? 'cut' : 'read'}
              onStop={(i) => (cut ? cut.onChange(values[i] ?? cut.min) : setAt(i))}
            />
          </>
        )}
      </div>
      {!isWide && width > 0 && <Legend items={series} />}
      <div className={styles.under}>
        {cut && <CutField cut={cut} />}
        <SeriesReadout {...reading} at={cut ? null : reading.at} x={x} y={y} />
      </div>
    </ChartFrame>
  );
}

/** All values that a cut can have. */
function valuesOf({ min, max, step = 1 }: Cut): number[] {
  return Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, i) => min + i * step);
}

/** Takes the number when it is one within the ends; what is half typed stays as it is. */
function CutField({ cut }: { cut: Cut }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label>
      {cut.label}
      <input
        type="number"
        inputMode="numeric"
        min={cut.min}
        max={cut.max}
        step={cut.step ?? 1}
        value={typed ?? cut.value}
        onChange={({ target }) => {
          setTyped(target.value);
          const value = Number(target.value);
          if (target.value !== '' && value >= cut.min && value <= cut.max) cut.onChange(value);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
