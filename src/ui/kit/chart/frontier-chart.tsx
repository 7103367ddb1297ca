import { line } from 'd3-shape';
import { words } from '../../words.ts';
import { axisFigure, axisTitle, layAxis } from './axis.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { Axes, EndLabels, Legend, Marker, Reader, Readout, textWidth, WIDE } from './plot.tsx';
import { TONES, type Tone, toneColour } from './tones.ts';
import type { Axis, ChartText, Series } from './types.ts';
import { useWidth } from './use-width.ts';

export interface FrontierPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
}

export interface FrontierPath {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
  /** Whether its points are joined in their order. */
  readonly line?: boolean;
  /** Whether its points are those of other paths: it is drawn, and read there. */
  readonly isCopy?: boolean;
  readonly points: readonly FrontierPoint[];
}

export interface FrontierPlace {
  readonly path: number;
  readonly index: number;
}

export type FrontierChartProps = ChartText & {
  readonly x: Axis;
  readonly y: Axis;
  readonly paths: readonly FrontierPath[];
  readonly selected?: FrontierPlace | null;
  readonly onSelect?: (place: FrontierPlace) => void;
  readonly height?: number;
};

const isDrawn = ({ x, y }: FrontierPoint): boolean => Number.isFinite(x + y);

/**
 * What one good costs in another: points of several models or settings, each path joined where it is a frontier. A point that has
 * no value is no place of the drawing, and stands in the table alone.
 */
export function FrontierChart(props: FrontierChartProps) {
  const { title, description, x, y, paths, selected = null, onSelect, height = 300 } = props;
  const [area, width] = useWidth<HTMLDivElement>();
  const isWide = width >= WIDE;
  const all = paths.flatMap(({ points }, path) => points.map((point, index) => ({ ...point, path, index })));
  const drawn = all.filter(isDrawn);
  const top = 34;
  const bottom = height - 42;
  const yScale = layAxis(
    y,
    drawn.map((point) => point.y),
    bottom,
    top,
    5,
  );
  const left = Math.ceil(12 + textWidth(yScale.ticks.map(({ label }) => label)));
  const right = Math.max(
    left + 40,
    width - (isWide ? Math.min(0.36 * width, 28 + textWidth(paths.map(({ name }) => name))) : 12),
  );
  const box = { left, right, top, bottom };
  const xScale = layAxis(
    x,
    drawn.map((point) => point.x),
    left + 6,
    right - 6,
    isWide ? 6 : 4,
  );
  const joined = line<FrontierPoint>()
    .defined(isDrawn)
    .x((point) => xScale.at(point.x))
    .y((point) => yScale.at(point.y));
  const read = drawn.filter(({ path }) => !paths[path]?.isCopy);
  const at = read.findIndex(({ path, index }) => path === selected?.path && index === selected.index);
  const chosen = read[at];
  const text = chosen
    ? `${paths[chosen.path]?.name}${chosen.label ? `, ${chosen.label}` : ''}: ${x.title} ${axisFigure(x, chosen.x)}, ${y.title} ${axisFigure(y, chosen.y)}`
    : '';
  const ends: Series[] = paths.map(({ id, name, tone, points }) => ({
    id,
    name,
    tone,
    y: [
      points
        .filter(isDrawn)
        .toSorted((a, b) => a.x - b.x)
        .at(-1)?.y ?? null,
    ],
  }));
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [words.chart.line, words.chart.step, axisTitle(x), axisTitle(y)],
        rows: all.map(({ path, label, x, y }) => [paths[path]?.name ?? '', label ?? null, x, y]),
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              <Axes box={box} x={xScale} y={yScale} xAxis={x} yAxis={y} grid="both" />
              {paths.map(({ id, tone, line: isLine, points }) => (
                <g key={id}>
                  {isLine && (
                    <path
                      className={styles.line}
                      d={joined([...points]) ?? ''}
                      stroke={toneColour(tone)}
                      strokeDasharray={TONES[tone].dash.join(' ') || undefined}
                    />
                  )}
                  {points.filter(isDrawn).map((point) => (
                    <Marker
                      key={`${point.x} ${point.y} ${point.label}`}
                      tone={tone}
                      x={xScale.at(point.x)}
                      y={yScale.at(point.y)}
                      r={isLine ? 3 : 5}
                    />
                  ))}
                </g>
              ))}
              {chosen && (
                <circle
                  cx={xScale.at(chosen.x)}
                  cy={yScale.at(chosen.y)}
                  r={9}
                  fill="none"
                  stroke="var(--accent)"
                  strokeWidth={2}
                />
              )}
              {isWide && <EndLabels series={ends} y={yScale} box={box} joined={false} />}
            </svg>
            <Reader
              box={box}
              label={words.chart.read(title)}
              stops={read.map((point) => ({
                line: point.path,
                x: xScale.at(point.x),
                y: yScale.at(point.y),
              }))}
              at={at}
              text={text}
              look="choose"
              onStop={(i) => {
                const point = read[i];
                if (point) onSelect?.({ path: point.path, index: point.index });
              }}
            />
          </>
        )}
      </div>
      {!isWide && width > 0 && <Legend items={paths} />}
      <Readout>{text}</Readout>
    </ChartFrame>
  );
}
