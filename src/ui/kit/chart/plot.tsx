import { area, line } from 'd3-shape';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { type AxisScale, axisFigure, axisText, axisTitle } from './axis.ts';
import styles from './chart.module.css';
import { spreadLabels } from './label-places.ts';
import { nearestStop, type Stop, stopByKey } from './reading.ts';
import type { SeriesReading } from './series-table.ts';
import { shapePath } from './shapes.ts';
import { TONES, type Tone, toneColour } from './tones.ts';
import type { Axis, Series } from './types.ts';

/** Where the plot lies within its drawing, px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From this width on, lines are named at their ends; below it, in a list under the plot. */
export const WIDE = 520;

/** Room that texts of 12 px take, px: figures are all of one width, which is more than that of most letters. */
export function textWidth(texts: readonly string[]): number {
  const widthOf = (text: string) => 6.6 * text.length + (text.match(/[\d%]/g)?.length ?? 0);
  return Math.max(0, ...texts.map(widthOf));
}

/** Grid, ticks and titles: the title of y stands above the plot, that of x below it. */
export function Axes({
  box,
  x,
  y,
  xAxis,
  yAxis,
  grid = 'y',
}: {
  box: Box;
  x: AxisScale | null;
  y: AxisScale | null;
  xAxis: Axis;
  yAxis: Axis | null;
  grid?: 'x' | 'y' | 'both';
}) {
  return (
    <g>
      {y?.ticks.map(({ value, label }) => (
        <g key={value} transform={`translate(0 ${y.at(value)})`}>
          {grid !== 'x' && <path className={styles.grid} d={`M${box.left} 0H${box.right}`} />}
          <text x={box.left - 8} dy="0.35em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {x?.ticks.map(({ value, label }) => (
        <g key={value} transform={`translate(${x.at(value)} 0)`}>
          {grid !== 'y' && <path className={styles.grid} d={`M0 ${box.top}V${box.bottom}`} />}
          <path className={styles.axis} d={`M0 ${box.bottom}v4`} />
          <text y={box.bottom + 18} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      <path className={styles.axis} d={`M${box.left} ${box.bottom}H${box.right}`} />
      {yAxis && (
        <text x={0} y={box.top - 12}>
          {axisTitle(yAxis)}
        </text>
      )}
      <text x={box.right} y={box.bottom + 36} textAnchor="end">
        {axisTitle(xAxis)}
      </text>
    </g>
  );
}

/** A marker of a tone's own shape. */
export function Marker({ tone, x, y, r = 3.5 }: { tone: Tone; x: number; y: number; r?: number }) {
  return (
    <path
      d={shapePath(TONES[tone].shape, r)}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      fill={toneColour(tone)}
    />
  );
}

/** Points few enough to be marked one by one. */
const MARKED = 16;

/** A series as a line with its band; few points are marked by the tone's shape. */
export function SeriesLine({
  series,
  xs,
  x,
  y,
}: {
  series: Series;
  xs: readonly number[];
  x: AxisScale;
  y: AxisScale;
}) {
  const { tone, low, high } = series;
  const [first, last] = y.domain;
  const clamp = (value: number) => Math.min(last, Math.max(first, value));
  const indices = xs.map((_, i) => i);
  const at = (values: readonly (number | null)[] | undefined, i: number) => {
    const value = values?.[i];
    return value === null || value === undefined || Number.isNaN(value) ? null : value;
  };
  const path = line<number>()
    .defined((i) => at(series.y, i) !== null)
    .x((i) => x.at(xs[i] ?? 0))
    .y((i) => y.at(at(series.y, i) ?? 0));
  const band = area<number>()
    .defined((i) => at(low, i) !== null && at(high, i) !== null)
    .x((i) => x.at(xs[i] ?? 0))
    .y0((i) => y.at(clamp(at(low, i) ?? 0)))
    .y1((i) => y.at(clamp(at(high, i) ?? 0)));
  const colour = toneColour(tone);
  return (
    <g>
      {low && high && <path className={styles.band} d={band(indices) ?? ''} fill={colour} />}
      <path
        className={styles.line}
        data-tone={tone}
        d={path(indices) ?? ''}
        stroke={colour}
        strokeDasharray={TONES[tone].dash.join(' ') || undefined}
      />
      {xs.length <= MARKED &&
        indices.map((i) => {
          const value = at(series.y, i);
          return value === null ? null : (
            <Marker key={xs[i]} tone={tone} x={x.at(xs[i] ?? 0)} y={y.at(value)} />
          );
        })}
    </g>
  );
}

/** The last value of a series, or null. */
function lastOf(series: Series): number | null {
  for (let i = series.y.length - 1; i >= 0; i--) {
    const value = series.y[i];
    if (value !== null && value !== undefined && Number.isFinite(value)) return value;
  }
  return null;
}

/** Names at the ends of the lines, moved apart where the lines meet. */
export function EndLabels({
  series,
  y,
  box,
  reference,
  joined = true,
}: {
  series: readonly Series[];
  y: AxisScale;
  box: Box;
  reference?: { readonly y: number; readonly label: string } | undefined;
  /** Whether the lines end at the plot's right side, so that a stroke can lead from there to the name. */
  joined?: boolean;
}) {
  const named: readonly Series[] = reference
    ? [...series, { id: 'reference', name: reference.label, tone: 'quiet', y: [reference.y] }]
    : series;
  const ends = named.flatMap((one) => {
    const value = lastOf(one);
    return value === null ? [] : [{ one, place: y.at(value) }];
  });
  const places = spreadLabels(
    ends.map(({ place }) => place),
    15,
    box.top,
    box.bottom,
  );
  return ends.map(({ one, place }, i) => {
    const at = places[i] ?? place;
    return (
      <g key={one.id}>
        {joined && (
          <path
            d={`M${box.right + 2} ${place}L${box.right + 8} ${at}`}
            stroke={toneColour(one.tone)}
            fill="none"
          />
        )}
        {one.id !== 'reference' && <Marker tone={one.tone} x={box.right + 13} y={at} r={3} />}
        <text x={box.right + 21} y={at} dy="0.35em" style={{ fill: toneColour(one.tone) }}>
          {one.endLabel ?? one.name}
        </text>
      </g>
    );
  });
}

/** Lines by name, dash and shape, for plots too narrow to name them at their ends. */
export function Legend({
  items,
}: {
  items: readonly { readonly id: string; readonly name: string; readonly tone: Tone }[];
}) {
  return (
    <ul className={styles.legend} data-caption>
      {items.map(({ id, name, tone }) => (
        <li key={id}>
          <svg width="30" height="12" aria-hidden="true">
            <path
              d="M0 6H30"
              stroke={toneColour(tone)}
              strokeWidth="1.75"
              strokeDasharray={TONES[tone].dash.join(' ') || undefined}
            />
            <Marker tone={tone} x={15} y={6} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/**
 * The area over a plot that pointer and keyboard work on, in every chart alike: a slider over its stops. What stands at the
 * one that is read (`at`, −1 for none) is said by `text`.
 */
export function Reader({
  box,
  label,
  stops,
  at,
  text,
  look = 'read',
  isList = false,
  nearest = nearestStop,
  onStop,
}: {
  box: Box;
  label: string;
  stops: readonly Stop[];
  at: number;
  text: string;
  /** What a stop does: it is only read, or it is chosen, and then the pointer has to be down; a cut is drawn for dragging. */
  look?: 'read' | 'choose' | 'cut';
  /** Whether the stops stand below each other. */
  isList?: boolean;
  /** The stop for a place of the pointer, in px of the drawing. */
  nearest?: (stops: readonly Stop[], x: number, y: number) => number;
  onStop: (stop: number) => void;
}) {
  if (stops.length === 0) return null;
  const point = (event: PointerEvent<HTMLDivElement>) => {
    if (look !== 'read' && event.type !== 'pointerdown' && event.buttons === 0) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - bounds.left + box.left, event.clientY - bounds.top + box.top];
    const stop = nearest(stops, x, y);
    if (stop >= 0 && stop !== at) onStop(stop);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.reader}
      data-look={look}
      data-list={isList}
      aria-label={label}
      aria-orientation={isList ? 'vertical' : 'horizontal'}
      aria-valuemin={1}
      aria-valuemax={stops.length}
      aria-valuenow={Math.max(0, at) + 1}
      aria-valuetext={text || undefined}
      style={{
        left: box.left,
        top: box.top,
        width: Math.max(0, box.right - box.left),
        height: Math.max(0, box.bottom - box.top),
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={point}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const stop = stopByKey(stops, at, event, isList);
        if (stop === null) return;
        event.preventDefault();
        if (stop !== at) onStop(stop);
      }}
    />
  );
}

/** The reader of what stands below each other over the whole width, row by row. */
export function ListReader({
  width,
  rows,
  ...reader
}: Pick<Parameters<typeof Reader>[0], 'label' | 'at' | 'text' | 'onStop'> & {
  width: number;
  /** Heights of the rows' middles, and where the first begins and the last ends, px. */
  rows: { middles: readonly number[]; top: number; bottom: number };
}) {
  const { middles, top, bottom } = rows;
  const stops = middles.map((y) => ({ line: 0, x: 0, y }));
  return <Reader {...reader} box={{ left: 0, right: width, top, bottom }} stops={stops} isList />;
}

/** A bar that lies along a row, about the row's middle. */
export function LyingBar({
  from,
  to,
  height,
  tone,
}: {
  from: number;
  to: number;
  height: number;
  tone: Tone;
}) {
  return (
    <rect
      className={styles.bar}
      x={Math.min(from, to)}
      width={Math.max(1, Math.abs(to - from))}
      y={-height / 2}
      height={height}
      fill={toneColour(tone)}
    />
  );
}

/** What stands at the place where the visitor reads. */
export function Readout({ children }: { children: ReactNode }) {
  return (
    <p className={styles.readout} aria-hidden="true">
      {children}
    </p>
  );
}

/** The same for lines: what each of them says at the x that is read. */
export function SeriesReadout({ at, readings, x, y }: SeriesReading & { x: Axis; y: Axis }) {
  return (
    <Readout>
      {at !== null && `${axisTitle(x)} ${axisText(x, at)}: `}
      {readings.map(({ id, name, value }, i) => (
        <span key={id}>
          {i > 0 && ' · '}
          {name} <strong>{value === null ? '–' : axisFigure(y, value)}</strong>
        </span>
      ))}
    </Readout>
  );
}
