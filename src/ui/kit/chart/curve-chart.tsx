import { useState } from 'react';
import { words } from '../../words.ts';
import { axisText, axisTitle, extent, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { nearest } from './label-places.ts';
import { Axes, EndLabels, Legend, Reader, Readout, SeriesLine, textWidth, WIDE } from './plot.tsx';
import { seriesTable, valuesAt } from './series-table.ts';
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
  const [at, setAt] = useState<number | null>(null);
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
  const place = cut ? cut.value : at === null ? null : (xs[at] ?? null);
  const readings = place === null ? [] : valuesAt(xs, series, place);
  const text =
    place === null
      ? ''
      : `${x.title} ${axisText(x, place)}: ${readings.map(({ name, value }) => `${name} ${value === null ? '–' : axisText(y, value)}`).join(', ')}`;
  const clampCut = (value: number) => {
    if (!cut) return;
    const step = cut.step ?? 1;
    cut.onChange(Math.min(cut.max, Math.max(cut.min, Math.round(value / step) * step)));
  };
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
              value={cut ? cut.value : (at ?? 0)}
              min={cut ? cut.min : 0}
              max={cut ? cut.max : Math.max(0, xs.length - 1)}
              text={text}
              isCut={cut !== undefined}
              onStep={(step) => {
                if (cut) clampCut(Math.min(cut.max, Math.max(cut.min, cut.value + step * (cut.step ?? 1))));
                else setAt(Math.min(xs.length - 1, Math.max(0, (at ?? -1) + step)));
              }}
              onPoint={(px, _, drag) => {
                const value = xScale.invert(px);
                if (!cut) setAt(nearest(xs, value));
                else if (drag) clampCut(value);
              }}
            />
          </>
        )}
      </div>
      {!isWide && width > 0 && <Legend items={series} />}
      <div className={styles.under}>
        {cut && <CutField cut={cut} />}
        <Readout>
          {place !== null && !cut && `${axisTitle(x)} ${axisText(x, place)}: `}
          {readings.map(({ id, name, value }, i) => (
            <span key={id}>
              {i > 0 && ' · '}
              {name} <strong>{value === null ? '–' : axisText(y, value)}</strong>
            </span>
          ))}
        </Readout>
      </div>
    </ChartFrame>
  );
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
