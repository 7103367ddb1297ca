import type { ReactNode } from 'react';
import { BarChart } from '../../kit/chart/bar-chart.tsx';
import { CalibrationChart } from '../../kit/chart/calibration-chart.tsx';
import { compact, figure, percent, signed } from '../../kit/chart/format.ts';
import { StreamChart } from '../../kit/chart/stream-chart.tsx';
import type { Axis, Mark, Series } from '../../kit/chart/types.ts';
import { words } from '../../words.ts';
import type { TeachChart } from '../controls.ts';
import { useRoom } from '../rank-room.ts';
import { OUTAGE, runKey } from '../settings.ts';
import {
  againstPinned,
  aucOf,
  calibrationOf,
  type Days,
  leaked,
  line,
  relativeEntropy,
  toPercent,
  transferOfFresh,
} from './figures.ts';
import { sameRows } from './sentences.ts';
import { ofAllSizes, type ShownRun } from './use-run.ts';

const say = words.rank.charts;
const { series: names } = say;

type ChartProps = { shown: ShownRun; height: number };

const DRAWN: Record<TeachChart, (props: ChartProps) => ReactNode> = {
  ne: EntropyChart,
  calibration: CalibrationByDay,
  auc: AucChart,
  xray: XRay,
  ledger: LedgerChart,
  sizes: SizesChart,
};

/** One of the charts of a run, up to the day that the cursor is on. */
export function TeachChartOf({ chart, ...props }: ChartProps & { chart: TeachChart }) {
  const Chart = DRAWN[chart];
  return <Chart {...props} />;
}

type Model = { id: string; name: string; tone: Series['tone']; value: (day: Days[number]) => number };

/** What the charts over days share: the days, marks, the cursor, the pinned run and the one before in quiet ink. */
function useStream({ shown: run }: ChartProps) {
  const { set } = useRoom();
  const { settings, shown, pinned, before, controls } = run;
  const days = settings.streamDays;
  const xs = Array.from({ length: days }, (_, i) => i + 1);
  const x: Axis = { title: say.day, domain: [1, Math.max(2, days)], format: String };
  const marks: Mark[] = [
    ...(settings.drift.level && days > PROMOTION ? [{ x: PROMOTION + 1, label: say.marks.promotion }] : []),
    ...(settings.teacher.outage && days > OUTAGE.from
      ? [{ x: OUTAGE.from + 1, label: say.marks.outage }]
      : []),
  ];
  const quiet = (value: Model['value'], id: string): Series[] => {
    const series = (other: typeof pinned, name: string): Series[] =>
      other ? [{ id: `${id}-${name}`, name, tone: 'quiet', y: line(other.days, days, value) }] : [];
    return [...series(pinned, names.pinned), ...series(before, names.before)];
  };
  const seriesOf = ({ id, name, tone, value }: Model, text: (value: number) => string): Series => {
    const last = shown.at(-1);
    const end = last ? value(last) : Number.NaN;
    return {
      id,
      name,
      tone,
      y: line(shown, days, value),
      endLabel: Number.isFinite(end) ? say.end(name, text(end)) : name,
    };
  };
  const at = shown.length ? (controls.day === 0 ? shown.length : Math.min(controls.day, days)) : null;
  const onAt = (day: number) => set({ day: day >= run.days.length ? 0 : Math.max(1, Math.round(day)) });
  return { days, xs, x, marks, quiet, seriesOf, at, onAt };
}

/** Day of the stream, from 0, of the promotion. */
const PROMOTION = 9;

function EntropyChart(props: ChartProps) {
  const { settings, shown, pinned } = props.shown;
  const { days, quiet, seriesOf, ...stream } = useStream(props);
  const points = (value: number) => percent(value / 100);
  const difference = (day: Days[number]) => toPercent(day.differences.studentToAlone, day);
  const against =
    pinned && sameRows(settings, pinned.settings) ? againstPinned(shown, pinned.days) : Number.NaN;
  const student = seriesOf(
    { id: 'student', name: names.student, tone: 'ink', value: (day) => difference(day).value },
    (value) => signed(value, points),
  );
  const taught = settings.distillation.mode !== 'none';
  return (
    <StreamChart
      {...say.ne}
      {...stream}
      height={props.height}
      y={{ title: say.ne.axis, unit: '%', format: (value) => signed(value) }}
      reference={{ y: 0, label: '' }}
      series={[
        ...quiet((day) => difference(day).value, 'ne'),
        ...(taught
          ? [
              {
                ...student,
                endLabel: Number.isFinite(against)
                  ? `${student.endLabel}, ${say.againstPinned(signed(against, points))}`
                  : (student.endLabel ?? names.student),
                low: line(shown, days, (day) => difference(day).low),
                high: line(shown, days, (day) => difference(day).high),
              },
            ]
          : []),
        ...TEACHERS.map(({ id, name, tone }) =>
          seriesOf({ id, name, tone, value: (day) => relativeEntropy(day, id) }, (value) =>
            signed(value, points),
          ),
        ),
      ]}
    />
  );
}

const TEACHERS = [
  { id: 'served', name: names.served, tone: 'orange' },
  { id: 'fresh', name: names.fresh, tone: 'blue' },
] as const;

function CalibrationByDay(props: ChartProps) {
  const { settings, shown } = props.shown;
  const { quiet, seriesOf, ...stream } = useStream(props);
  const { mode } = settings.distillation;
  const two = (value: number) => figure(value, 2);
  const models: Model[] = [
    ...(mode === 'none'
      ? []
      : [
          {
            id: 'student',
            name: names.student,
            tone: 'ink',
            value: (day) => calibrationOf(day, 'student'),
          } as Model,
        ]),
    { id: 'alone', name: names.alone, tone: 'sky', value: (day) => calibrationOf(day, 'alone') },
    { id: 'served', name: names.served, tone: 'orange', value: (day) => calibrationOf(day, 'served') },
    ...(mode === 'none'
      ? []
      : [{ id: 'leak', name: names.leak, tone: 'purple', value: ({ leak }) => leak.oneHead } as Model]),
    ...(shown.some(({ adapted }) => adapted)
      ? [
          {
            id: 'adapted',
            name: names.adapted,
            tone: 'green',
            value: (day) => calibrationOf(day, 'adapted'),
          } as Model,
        ]
      : []),
  ];
  return (
    <StreamChart
      {...say.calibration}
      {...stream}
      height={props.height}
      y={{ title: say.calibration.axis, format: two }}
      reference={{ y: 1, label: '' }}
      series={[
        ...quiet((day) => calibrationOf(day, 'student'), 'calibration'),
        ...models.map((model) => seriesOf(model, two)),
      ]}
    />
  );
}

function AucChart(props: ChartProps) {
  const { settings } = props.shown;
  const { quiet, seriesOf, ...stream } = useStream(props);
  const three = (value: number) => figure(value, 3);
  const models = [
    ...(settings.distillation.mode === 'none'
      ? []
      : [{ id: 'student', name: names.student, tone: 'ink' } as const]),
    { id: 'alone', name: names.alone, tone: 'sky' } as const,
    ...TEACHERS,
  ];
  return (
    <StreamChart
      {...say.auc}
      {...stream}
      height={props.height}
      y={{ title: say.auc.axis, format: three }}
      series={[
        ...quiet((day) => aucOf(day, 'student'), 'auc'),
        ...models.map((model) => seriesOf({ ...model, value: (day) => aucOf(day, model.id) }, three)),
      ]}
    />
  );
}

function XRay({ shown: run, height }: ChartProps) {
  const { shown, settings, pinned } = run;
  const day = shown.at(-1);
  const { w } = settings.distillation;
  const points = (one: Days[number]) =>
    one.teacherCurve.map(({ rows, prediction, truth }) => ({ rows, predicted: prediction, observed: truth }));
  const pinnedDay = pinned?.days.find((one) => one.day === day?.day);
  return (
    <CalibrationChart
      {...say.xray}
      height={height}
      x={{ title: say.xray.x, scale: 'log', format: (value) => percent(value) }}
      y={{ title: say.xray.y, scale: 'log', format: (value) => percent(value) }}
      curves={[
        ...(pinnedDay
          ? [{ id: 'pinned', name: names.pinned, tone: 'quiet' as const, points: points(pinnedDay) }]
          : []),
        ...(day ? [{ id: 'teacher', name: names.curve, tone: 'orange' as const, points: points(day) }] : []),
      ]}
      lines={
        day
          ? [
              ...(day.adapterCurve
                ? [
                    {
                      id: 'adapter',
                      name: names.adapterCurve,
                      tone: 'green' as const,
                      points: day.adapterCurve
                        .filter(({ teacher }) => isPredicted(day, teacher))
                        .map(({ teacher, adapted }) => ({ x: teacher, y: adapted })),
                    },
                  ]
                : []),
              {
                id: 'leak',
                name: names.leakCurve(String(w)),
                tone: 'purple' as const,
                points: day.teacherCurve.map(({ prediction, truth }) => ({
                  x: prediction,
                  y: leaked(prediction, truth, w),
                })),
              },
            ]
          : []
      }
    />
  );
}

/** Whether the teacher makes such predictions on this day: beyond them the adapter's curve is a guess. */
function isPredicted({ teacherCurve }: Days[number], prediction: number): boolean {
  const made = teacherCurve.map((bin) => bin.prediction);
  return prediction >= Math.min(...made) && prediction <= Math.max(...made);
}

function LedgerChart({ shown: { shown } }: ChartProps) {
  const ledger = shown.at(-1)?.ledger;
  const bars = ledger
    ? [
        ...ledger.students.map(({ student, rows, shared }) => ({
          id: student,
          label: student,
          value: rows,
          note: say.ledger.shared(percent(rows > 0 ? shared / rows : 0, 0)),
          tone: 'ink' as const,
        })),
        { id: ' together', label: say.ledger.together, value: ledger.rows, tone: 'blue' as const },
        { id: ' calls', label: say.ledger.calls, value: ledger.calls, tone: 'orange' as const },
      ]
    : [];
  return (
    <BarChart
      title={say.ledger.title}
      description={say.ledger.description}
      y={{ title: say.ledger.axis, format: compact, domain: [0, Math.max(1, ledger?.rows ?? 0)] }}
      bars={bars}
    />
  );
}

/** Runs that differ in the size of the teacher alone, as far as they are there. */
function SizesChart({ shown: { settings, state } }: ChartProps) {
  const bars = ofAllSizes(settings).flatMap((one) => {
    const { size } = one.teacher;
    const days = state.runs[runKey(one)]?.days.filter(({ day }) => day < settings.streamDays) ?? [];
    const last = days.at(-1);
    if (!last || !Number.isFinite(last.soFar.transfer.value)) return [];
    return [
      {
        id: size,
        label: words.rank.rail.size.values[size],
        ...last.soFar.transfer,
        note: say.sizes.ofFresh(percent(transferOfFresh(days), 0)),
        tone: size === settings.teacher.size ? ('ink' as const) : ('blue' as const),
      },
    ];
  });
  if (bars.length === 0) return <p>{say.sizes.missing}</p>;
  return (
    <BarChart
      title={say.sizes.title}
      description={say.sizes.description}
      y={{ title: say.sizes.axis, format: (value) => percent(value, 0) }}
      bars={bars}
    />
  );
}
