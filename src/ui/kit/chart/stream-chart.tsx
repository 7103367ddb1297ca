import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useEffectEvent, useRef } from 'react';
import { words } from '../../words.ts';
import { axisTitle, extent, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { nearest, spreadLabels } from './label-places.ts';
import { Legend, Reader, SeriesReadout, textWidth, WIDE } from './plot.tsx';
import { readingText, readSeries, seriesTable } from './series-table.ts';
import { shapePath } from './shapes.ts';
import { TONES, type Tone } from './tones.ts';
import type { Axis, ChartText, Mark, Series } from './types.ts';
import { useWidth } from './use-width.ts';

export type StreamChartProps = ChartText & {
  readonly xs: readonly number[];
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly reference?: { readonly y: number; readonly label: string };
  /** x of the cursor; null for none. */
  readonly at?: number | null;
  readonly onAt?: (x: number) => void;
  readonly height?: number;
};

const TOP = 34;
const FOOT = 42;
const FONT = '12px "Inter Variable", system-ui, sans-serif';

/** Lines that grow as a stream is played, on a canvas (uPlot): cheap to draw again at every step. */
export function StreamChart(props: StreamChartProps) {
  const {
    title,
    description,
    xs,
    x,
    y,
    series,
    marks = [],
    reference,
    at = null,
    onAt,
    height = 280,
  } = props;
  const [area, width] = useWidth<HTMLDivElement>();
  const isWide = width >= WIDE;
  const top = TOP;
  const bottom = height - FOOT;
  const values = series.flatMap(({ y: line, low = [], high = [] }) => [...line, ...low, ...high]);
  const yScale = layAxis(y, reference ? [...values, reference.y] : values, bottom, top);
  const left = Math.ceil(12 + textWidth(yScale.ticks.map(({ label }) => label)));
  const labels = series.map(({ name, endLabel }) => endLabel ?? name);
  const right = Math.max(left + 40, width - (isWide ? Math.min(0.36 * width, 28 + textWidth(labels)) : 10));
  const xScale = layAxis({ domain: extent(xs) ?? [0, 1], ...x }, xs, left, right, isWide ? 8 : 5);
  const box = { left, right, top, bottom };
  const reading = readSeries(xs, series, at);
  const host = useStreamPlot(width, height, box, yScale.domain, xScale.domain, xs, series, (plot) =>
    drawOver(plot, {
      box,
      x,
      y,
      xScale,
      yScale,
      series,
      marks,
      at,
      isWide,
      ...(reference ? { reference } : {}),
    }),
  );
  return (
    <ChartFrame title={title} description={description} table={seriesTable(x, y, xs, series)}>
      <div className={`${styles.area} ${styles.stream}`} ref={area} style={{ minHeight: height }}>
        <div ref={host} data-drawing role="img" aria-label={description} />
        {onAt && width > 0 && (
          <Reader
            box={box}
            label={words.chart.read(title)}
            stops={xs.map((value) => ({ line: 0, x: xScale.at(value), y: 0 }))}
            at={at === null ? -1 : nearest(xs, at)}
            text={readingText(reading, x, y)}
            look="choose"
            onStop={(i) => onAt(xs[i] ?? 0)}
          />
        )}
      </div>
      {!isWide && width > 0 && <Legend items={series} />}
      <SeriesReadout {...reading} x={x} y={y} />
    </ChartFrame>
  );
}

type Box = { left: number; right: number; top: number; bottom: number };
type Domain = readonly [number, number];

/** Keeps one uPlot in the element; lines are made anew when they change in number, otherwise only the data are. */
function useStreamPlot(
  width: number,
  height: number,
  box: Box,
  yDomain: Domain,
  xDomain: Domain,
  xs: readonly number[],
  series: readonly Series[],
  draw: (plot: uPlot) => void,
) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const onDraw = useEffectEvent((drawn: uPlot) => draw(drawn));
  const current = useEffectEvent(() => ({ box, yDomain, xDomain, data: dataOf(xs, series) }));
  // Everything that uPlot is told once when it starts.
  const kind = series.map(({ id, tone, low }) => `${id}/${tone}/${low ? 'band' : ''}`).join(' ');
  const started = useEffectEvent(() => linesOf(series));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `kind` stands for the lines that the effect reads
  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) return;
    const { lines, bands } = started();
    const made = new uPlot(
      {
        width,
        height,
        padding: [0, 0, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        scales: {
          x: { time: false, range: () => [...current().xDomain] },
          y: { range: () => [...current().yDomain] },
        },
        axes: [
          { show: true, size: () => FOOT, grid: { show: false }, ticks: { show: false }, values: () => [] },
          {
            show: true,
            size: () => current().box.left,
            grid: { show: false },
            ticks: { show: false },
            values: () => [],
          },
          {
            show: true,
            side: 1,
            size: () => width - current().box.right,
            scale: 'y',
            grid: { show: false },
            ticks: { show: false },
            values: () => [],
          },
          {
            show: true,
            side: 0,
            size: () => TOP,
            scale: 'x',
            grid: { show: false },
            ticks: { show: false },
            values: () => [],
          },
        ],
        series: lines,
        bands,
        hooks: { draw: [onDraw] },
      },
      current().data,
      element,
    );
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [width, height, kind]);

  useEffect(() => {
    plot.current?.setData(dataOf(xs, series));
  });
  useThemeChange(() => plot.current?.redraw(false));
  return host;
}

/** Calls back when the colours of the page change. */
function useThemeChange(onChange: () => void): void {
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const listener = () => changed();
    dark.addEventListener('change', listener);
    const observer = new MutationObserver(listener);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      dark.removeEventListener('change', listener);
      observer.disconnect();
    };
  }, []);
}

/** x, then for each series its line and, where there are any, the ends of its band. */
function dataOf(xs: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  const clean = (values: readonly (number | null)[]) =>
    xs.map((_, i) => {
      const value = values[i];
      return value !== undefined && value !== null && Number.isFinite(value) ? value : null;
    });
  const columns = series.flatMap(({ y, low, high }) =>
    (low && high ? [y, low, high] : [y]).map((values) => clean(values)),
  );
  return [[...xs], ...columns];
}

function linesOf(series: readonly Series[]): { lines: uPlot.Series[]; bands: uPlot.Band[] } {
  const lines: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { name, tone, low, high } of series) {
    const stroke = () => colourOf(tone);
    lines.push({
      label: name,
      stroke,
      width: tone === 'quiet' ? 1.25 : 1.75,
      dash: [...TONES[tone].dash],
      points: { show: false },
    });
    if (!low || !high) continue;
    const at = lines.length;
    lines.push({ width: 0, points: { show: false } }, { width: 0, points: { show: false } });
    bands.push({ series: [at + 1, at], fill: () => colourOf(tone, 0.13) });
  }
  return { lines, bands };
}

/** The tone as the canvas understands it, from the page's style. */
function colourOf(tone: Tone | 'hairline' | 'text', opacity = 1): string {
  const name = tone === 'hairline' ? '--hairline' : tone === 'text' ? '--quiet' : `--tone-${tone}`;
  return resolveColour(`color-mix(in srgb, var(${name}) ${100 * opacity}%, transparent)`);
}

let probe: HTMLElement | null = null;

/** A canvas knows neither variables nor `light-dark()`: a hidden element resolves them. */
function resolveColour(css: string): string {
  if (!probe) {
    probe = document.createElement('i');
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = css;
  return getComputedStyle(probe).color;
}

type Overlay = {
  box: Box;
  x: Axis;
  y: Axis;
  xScale: ReturnType<typeof layAxis>;
  yScale: ReturnType<typeof layAxis>;
  series: readonly Series[];
  marks: readonly Mark[];
  reference?: { readonly y: number; readonly label: string };
  at: number | null;
  isWide: boolean;
};

/** Grid, ticks, titles, marks and the names at the lines' ends, as on the other charts. */
function drawOver(plot: uPlot, over: Overlay): void {
  const { ctx } = plot;
  const { box, x, y, xScale, yScale, series, marks, reference, at, isWide } = over;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.scale(ratio, ratio);
  ctx.font = FONT;
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 1;
  const [quiet, hairline] = [colourOf('text'), colourOf('hairline')];
  const stroke = (path: string, colour: string, dash: readonly number[] = []) => {
    ctx.strokeStyle = colour;
    ctx.setLineDash([...dash]);
    ctx.stroke(new Path2D(path));
  };
  const write = (text: string, px: number, py: number, align: CanvasTextAlign, colour = quiet) => {
    ctx.fillStyle = colour;
    ctx.textAlign = align;
    ctx.fillText(text, px, py);
  };
  for (const { value, label } of yScale.ticks) {
    const py = Math.round(yScale.at(value)) + 0.5;
    stroke(`M${box.left} ${py}H${box.right}`, hairline);
    write(label, box.left - 8, py, 'right');
  }
  for (const { value, label } of xScale.ticks) {
    stroke(`M${xScale.at(value)} ${box.bottom}v4`, quiet);
    write(label, xScale.at(value), box.bottom + 14, 'center');
  }
  stroke(`M${box.left} ${box.bottom}H${box.right}`, quiet);
  write(axisTitle(y), 0, box.top - 16, 'left');
  write(axisTitle(x), box.right, box.bottom + 32, 'right');
  if (reference) {
    const py = yScale.at(reference.y);
    stroke(`M${box.left} ${py}H${box.right}`, quiet, [2, 3]);
    write(reference.label, box.right, py - 8, 'right');
  }
  marks.forEach((mark, i) => {
    const px = xScale.at(mark.x);
    stroke(`M${px} ${box.top}V${box.bottom}`, quiet, [2, 3]);
    write(mark.label, px + 4, box.top + 6 + 14 * (i % 2), 'left');
  });
  if (at !== null) stroke(`M${xScale.at(at)} ${box.top}V${box.bottom}`, quiet);
  if (isWide) {
    const ends = series.flatMap((one) => {
      const last = one.y.findLast((value) => value !== null && Number.isFinite(value));
      const shown = one.y.findLastIndex((value) => value !== null && Number.isFinite(value));
      return last === null || last === undefined
        ? []
        : [{ one, px: xScale.at(xsAt(plot, shown)), py: yScale.at(last) }];
    });
    const places = spreadLabels(
      ends.map(({ py }) => py),
      15,
      box.top,
      box.bottom,
    );
    ends.forEach(({ one, px, py }, i) => {
      const place = places[i] ?? py;
      const colour = colourOf(one.tone);
      if (px >= box.right - 1) stroke(`M${box.right + 2} ${py}L${box.right + 8} ${place}`, colour);
      ctx.save();
      ctx.translate(box.right + 13, place);
      ctx.fillStyle = colour;
      ctx.fill(new Path2D(shapePath(TONES[one.tone].shape, 3)));
      ctx.restore();
      write(one.endLabel ?? one.name, box.right + 21, place, 'left', colour);
    });
  }
  ctx.restore();
}

function xsAt(plot: uPlot, index: number): number {
  return plot.data[0][index] ?? 0;
}
