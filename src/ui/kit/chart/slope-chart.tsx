import { words } from '../../words.ts';
import styles from './chart.module.css';
import { ChartFrame } from './frame.tsx';
import { nearest, spreadLabels } from './label-places.ts';
import { Marker, Reader, Readout } from './plot.tsx';
import type { Stop } from './reading.ts';
import { type Tone, toneColour } from './tones.ts';
import type { ChartText } from './types.ts';
import { useWidth } from './use-width.ts';

export interface SlopeItem {
  readonly id: string;
  readonly label: string;
  /** Ranks, from 1. */
  readonly left: number;
  readonly right: number;
  readonly tone?: Tone;
  /** Drawn over the others, with its label. */
  readonly bold?: boolean;
}

export type SlopeChartProps = ChartText & {
  readonly left: string;
  readonly right: string;
  readonly items: readonly SlopeItem[];
  /** Ranks up to this one are kept by the left side: a line is drawn below it. */
  readonly cut?: { readonly rank: number; readonly label: string };
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  readonly height?: number;
};

/** Every item as a line from its rank on the left to its rank on the right. */
export function SlopeChart(props: SlopeChartProps) {
  const { title, description, left, right, items, cut, selected = null, onSelect, height = 460 } = props;
  const [area, width] = useWidth<HTMLDivElement>();
  const most = Math.max(1, ...items.flatMap((item) => [item.left, item.right]));
  const top = 30;
  const bottom = height - 12;
  // Square root: the first ranks matter most and get most of the room.
  const place = (rank: number) =>
    top + ((bottom - top) * (Math.sqrt(rank) - 1)) / Math.max(1e-9, Math.sqrt(most) - 1);
  const [x0, x1] = [52, Math.max(120, width - (width < 480 ? 96 : 150))];
  const ordered = items.toSorted((a, b) => a.right - b.right);
  const named = ordered.filter(({ bold, id }) => bold || id === selected);
  const labels = spreadLabels(
    named.map((item) => place(item.right)),
    15,
    top,
    bottom,
  );
  const ticks = [1, 5, 10, 25, 50, 100, 200, 300, 400].filter((rank) => rank <= most);
  const at = ordered.findIndex(({ id }) => id === selected);
  const text = at < 0 ? '' : slopeText(ordered[at], left, right);
  /** By where the line of an item is below or above the pointer. */
  const nearestLine = (_: readonly Stop[], px: number, py: number) => {
    const share = (px - x0) / Math.max(1, x1 - x0);
    const from = (item: SlopeItem) => place(item.left);
    return nearest(
      ordered.map((item) => from(item) + share * (place(item.right) - from(item))),
      py,
    );
  };
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [words.chart.item, left, right],
        rows: ordered.map((item) => [item.label, item.left, item.right]),
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              <text className={styles.strong} x={0} y={12}>
                {left}
              </text>
              <text className={styles.strong} x={x1} y={12}>
                {right}
              </text>
              {ticks
                .filter((rank) => !cut || Math.abs(place(rank) - place(cut.rank + 0.5)) > 9)
                .map((rank) => (
                  <text key={rank} x={x0 - 10} y={place(rank)} dy="0.35em" textAnchor="end">
                    {rank}
                  </text>
                ))}
              <path className={styles.axis} d={`M${x0} ${top}V${bottom}M${x1} ${top}V${bottom}`} />
              {cut && (
                <g transform={`translate(0 ${place(cut.rank + 0.5)})`}>
                  <path className={styles.cut} d={`M${x0 - 44} 0H${x0 + 24}`} />
                  <text x={x0 + 30} dy="0.35em" style={{ fill: 'var(--accent)' }}>
                    {cut.label}
                  </text>
                </g>
              )}
              {items
                .toSorted((a, b) => weight(a, selected) - weight(b, selected))
                .map((item) => (
                  <path
                    key={item.id}
                    className={styles.slope}
                    data-bold={item.bold === true}
                    data-selected={item.id === selected}
                    d={`M${x0} ${place(item.left).toFixed(1)}L${x1} ${place(item.right).toFixed(1)}`}
                    data-dense={items.length > DENSE}
                    style={item.tone && item.id !== selected ? { stroke: toneColour(item.tone) } : undefined}
                  />
                ))}
              {named.map((item, i) => (
                <g key={item.id}>
                  {item.tone && <Marker tone={item.tone} x={x0} y={place(item.left)} />}
                  {item.tone && <Marker tone={item.tone} x={x1} y={place(item.right)} />}
                  <text
                    className={styles.strong}
                    x={x1 + 10}
                    y={labels[i]}
                    dy="0.35em"
                    style={item.id === selected ? { fill: 'var(--accent)' } : undefined}
                  >
                    {item.label}
                  </text>
                </g>
              ))}
            </svg>
            <Reader
              box={{ left: x0, right: x1, top, bottom }}
              label={words.chart.read(title)}
              stops={ordered.map((item) => ({ line: 0, x: x1, y: place(item.right) }))}
              at={at}
              text={text}
              look="choose"
              isList
              nearest={nearestLine}
              onStop={(i) => {
                const item = ordered[i];
                if (item) onSelect?.(item.id);
              }}
            />
          </>
        )}
      </div>
      <Readout>{text}</Readout>
    </ChartFrame>
  );
}

/** Lines that would make a grey sheet of the chart if they were not fainter. */
const DENSE = 120;

function weight(item: SlopeItem, selected: string | null): number {
  return item.id === selected ? 2 : item.bold ? 1 : 0;
}

function slopeText(item: SlopeItem | undefined, left: string, right: string): string {
  return item ? `${item.label}: ${left} ${item.left}, ${right} ${item.right}` : '';
}
