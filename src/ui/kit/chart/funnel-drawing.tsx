import { words } from '../../words.ts';
import styles from './chart.module.css';
import { compact, count, percent } from './format.ts';
import { ChartFrame } from './frame.tsx';
import { Reader } from './plot.tsx';
import { useStop } from './reading.ts';
import type { ChartText } from './types.ts';
import { useWidth } from './use-width.ts';

export interface FunnelStage {
  readonly id: string;
  readonly name: string;
  /** Candidates that it works on; may be a mean. */
  readonly count: number;
  /** What it costs, in the unit of the drawing; null where it costs nothing to tell. */
  readonly cost: number | null;
  readonly note?: string;
}

export type FunnelDrawingProps = ChartText & {
  readonly stages: readonly FunnelStage[];
  readonly costUnit: string;
};

/** Dots at most in one stage; beyond that a dot stands for several candidates. */
const DOTS = 400;

/** A dot for every candidate, stage by stage; full dots are passed on, hollow ones are dropped. */
export function FunnelDrawing({ title, description, stages, costUnit }: FunnelDrawingProps) {
  const [area, width] = useWidth<HTMLDivElement>();
  const most = Math.max(1, ...stages.map((stage) => stage.count));
  const unit = Math.max(1, most / DOTS);
  const side = Math.ceil(Math.sqrt(most / unit));
  const column = width / Math.max(1, stages.length);
  const pitch = Math.max(2.5, Math.min(9, (0.88 * column) / side));
  const height = side * pitch + 12;
  const [at, setAt] = useStop(stages.length);
  const read = stages[at];
  return (
    <ChartFrame
      title={title}
      description={description}
      table={{
        columns: [words.chart.stage, title, costUnit, words.chart.note],
        rows: stages.map(({ name, count, cost, note }) => [name, count, cost, note ?? null]),
      }}
    >
      <div className={styles.area} ref={area} style={{ minHeight: height }}>
        {width > 0 && (
          <>
            <svg data-drawing width={width} height={height} role="img" aria-label={description}>
              {stages.map(({ id, count: here }, stage) => {
                const dots = Math.max(1, Math.round(here / unit));
                const across = Math.ceil(Math.sqrt(dots));
                const down = Math.ceil(dots / across);
                const kept = Math.round((stages[stage + 1]?.count ?? here) / unit);
                const left = column * (stage + 0.5) - (across * pitch) / 2;
                const top = (height - down * pitch) / 2;
                return (
                  <g key={id}>
                    {Array.from({ length: dots }, (_, dot) => {
                      // Column by column, so that what is passed on lies on the side of the next stage.
                      const place = dots - 1 - dot;
                      const [i, j] = [Math.floor(place / down), place % down];
                      const isKept = dot < kept;
                      return (
                        <circle
                          key={`${i} ${j}`}
                          cx={left + (i + 0.5) * pitch}
                          cy={top + (j + 0.5) * pitch}
                          r={pitch * 0.34}
                          fill={isKept ? 'var(--ink)' : 'none'}
                          stroke={isKept ? 'none' : 'var(--tone-quiet)'}
                          strokeWidth={0.75}
                        />
                      );
                    })}
                  </g>
                );
              })}
            </svg>
            <Reader
              box={{ left: 0, right: width, top: 0, bottom: height }}
              label={words.chart.read(title)}
              stops={stages.map((_, i) => ({ line: 0, x: column * (i + 0.5), y: 0 }))}
              at={at}
              text={read ? stageText(read, stages[at - 1], costUnit) : ''}
              onStop={setAt}
            />
          </>
        )}
      </div>
      <ol className={styles.stages} data-caption>
        {stages.map(({ id, name, count: here, cost, note }, i) => {
          const before = stages[i - 1]?.count;
          return (
            <li key={id} data-read={i === at}>
              <strong>{countText(here)}</strong>
              {name}
              {before !== undefined && <span>{percent(here / before)}</span>}
              {cost !== null && (
                <span>
                  {compact(cost)} {costUnit}
                </span>
              )}
              {note && <span>{note}</span>}
            </li>
          );
        })}
      </ol>
    </ChartFrame>
  );
}

/** A count, or a mean of counts. */
function countText(value: number): string {
  return Number.isInteger(value) ? count(value) : value.toFixed(1);
}

function stageText(
  { name, count: here, cost, note }: FunnelStage,
  before: FunnelStage | undefined,
  costUnit: string,
): string {
  const parts = [
    `${name}: ${countText(here)}`,
    ...(before ? [`${words.chart.share} ${percent(here / before.count)}`] : []),
    ...(cost === null ? [] : [`${compact(cost)} ${costUnit}`]),
    ...(note ? [note] : []),
  ];
  return parts.join(', ');
}
