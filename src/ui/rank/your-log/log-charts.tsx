import { rateInterval } from '../../../funnel/proportion.ts';
import type { LoadedLog } from '../../../workers/log-protocol.ts';
import { BarChart } from '../../kit/chart/bar-chart.tsx';
import { CurveChart } from '../../kit/chart/curve-chart.tsx';
import { compact, count, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import { dateOf, hasOwnZero, positionRatios } from './sentences.ts';

const say = words.yourLog.charts;

const DAY = 86_400;

export function RateChart({ log }: { log: LoadedLog }) {
  const first = Math.floor((log.from ?? 0) / DAY) * DAY;
  const inDays = (log.to ?? 0) - first > 3 * DAY;
  const from = hasOwnZero(log) ? null : dateOf(first);
  const rates = log.overTime.map(({ positives, rows }) => positives / rows);
  const ranges = log.overTime.map(({ positives, rows }) => rateInterval(positives, rows));
  return (
    <CurveChart
      title={say.overTime}
      description={say.overTimeText}
      xs={log.overTime.map(({ time }) => (time - first) / (inDays ? DAY : 3600))}
      x={{
        title: inDays ? say.days(from) : say.hours(from),
        format: (value) => String(Number(value.toFixed(2))),
      }}
      // Intervals of stretches with few rows would flatten the rate: they are cut off at the top.
      y={{ title: say.rate, format: (value) => percent(value, 2), domain: [0, 1.6 * Math.max(...rates)] }}
      series={[
        {
          id: 'rate',
          name: say.rate,
          tone: 'blue',
          y: rates,
          low: ranges.map(({ low }) => low),
          high: ranges.map(({ high }) => high),
        },
      ]}
      reference={{ y: log.positives / log.rows, label: say.overall }}
      height={260}
    />
  );
}

export function PositionChart({ log }: { log: LoadedLog }) {
  const { positions } = log;
  const hasAds = positions.every(({ expected }) => expected > 0);
  const note = (positives: number, rows: number) => say.clicks(count(positives), compact(rows));
  if (hasAds)
    return (
      <BarChart
        title={say.positions}
        description={say.positionsText}
        y={{ title: say.positionAxis }}
        reference={{ y: 1, label: say.noEffect }}
        bars={positionRatios(positions).map(({ position, value, low, high, positives, rows }) => ({
          id: String(position),
          label: say.position(count(position)),
          value,
          low,
          high,
          note: note(positives, rows),
        }))}
      />
    );
  return (
    <BarChart
      title={say.positions}
      description={say.positionRatesText}
      y={{ title: say.rate, format: (value) => percent(value, 2) }}
      bars={positions.map(({ position, positives, rows }) => ({
        id: String(position),
        label: say.position(count(position)),
        value: positives / rows,
        ...rateInterval(positives, rows),
        note: note(positives, rows),
      }))}
    />
  );
}
