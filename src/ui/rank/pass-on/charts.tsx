import { CUTS } from '../../../funnel/pass-on.ts';
import { RANKERS, type RankerName } from '../../../funnel/scored-request.ts';
import { DEPTHS, EVENTS, GROUPINGS } from '../../../funnel/stage-calibration.ts';
import type { CutValue, PassOnFigures, ReplayFigures } from '../../../workers/funnel-protocol.ts';
import { type Bar, BarChart } from '../../kit/chart/bar-chart.tsx';
import { CurveChart } from '../../kit/chart/curve-chart.tsx';
import { compact, count, figure, percent } from '../../kit/chart/format.ts';
import { FrontierChart, type FrontierPath } from '../../kit/chart/frontier-chart.tsx';
import { FunnelDrawing } from '../../kit/chart/funnel-drawing.tsx';
import { words } from '../../words.ts';
import type { Measure } from '../controls.ts';
import funnel from '../funnel/funnel.module.css';
import { RANKER_TONES } from '../funnel/rankers.ts';
import { costOf, curveOf, paretoFront } from './figures.ts';

const { charts: say, rankers: names, groups, funnel: drawn } = words.passOn;
const share = (value: number) => percent(value, 0);

/** 400 -> cut -> 5 -> 1 to 3, with what each stage costs. */
export function FunnelChart({
  figures,
  replay,
  early,
  cut,
}: {
  figures: PassOnFigures;
  replay: ReplayFigures | null;
  early: RankerName;
  cut: number;
}) {
  const cost = costOf(figures.cuts, early);
  const shown = replay?.replay.find(({ ranker }) => ranker === early)?.impressions.value;
  return (
    <FunnelDrawing
      title={drawn.title}
      description={drawn.text(count(cut))}
      costUnit={drawn.unit}
      stages={[
        { id: 'early', name: drawn.retrieved, count: 400, cost: cost?.early ?? null, note: names[early] },
        { id: 'final', name: drawn.kept, count: cut, cost: cost ? cut * cost.perKept : null },
        { id: 'auction', name: drawn.auction, count: Math.min(5, cut), cost: null },
        {
          id: 'shown',
          name: drawn.shown,
          count: shown === undefined || Number.isNaN(shown) ? 1 : shown,
          cost: null,
          note: drawn.perRequest,
        },
      ]}
    />
  );
}

/** A measure over all cuts, for every early stage, with the cut to drag. */
export function CutChart({
  figures,
  measure,
  early,
  cut,
  marks,
  onCut,
}: {
  figures: PassOnFigures;
  measure: Measure;
  early: RankerName;
  cut: number;
  marks: readonly { x: number; label: string }[];
  onCut: (cut: number) => void;
}) {
  const isShare = measure !== 'regret';
  return (
    <CurveChart
      title={say[measure]}
      description={say[`${measure}Text`]}
      xs={CUTS}
      x={{ title: say.cut, unit: say.cutUnit, scale: 'log', format: count }}
      y={{
        title: words.passOn.rail.measures[measure],
        ...(isShare ? { format: share } : { unit: say.currency, format: (value: number) => figure(value) }),
      }}
      series={figures.rankers.map((report) => {
        const curve = curveOf(report, measure);
        const isChosen = report.ranker === early;
        return {
          id: report.ranker,
          name: names[report.ranker],
          tone: RANKER_TONES[report.ranker],
          y: curve.map(({ value }) => value),
          // One band at a time: six on top of each other hide the lines.
          ...(isChosen && { low: curve.map(({ low }) => low), high: curve.map(({ high }) => high) }),
        };
      })}
      cut={{ label: say.cut, value: cut, min: 1, max: 400, onChange: onCut }}
      marks={marks}
      height={360}
    />
  );
}

/** Agreement of whole orders, in two small charts. */
export function OrderCharts({ figures }: { figures: PassOnFigures }) {
  const bars = (
    pick: (report: PassOnFigures['rankers'][number]) => { value: number; low: number; high: number },
  ) =>
    figures.rankers.map(
      (report): Bar => ({
        id: report.ranker,
        label: names[report.ranker],
        tone: RANKER_TONES[report.ranker],
        ...pick(report),
      }),
    );
  return (
    <div className={funnel.pair}>
      <BarChart
        title={say.tau}
        description={say.tauText}
        y={{ title: 'τ', format: (value) => figure(value, 2) }}
        bars={bars(({ tau }) => tau)}
      />
      <BarChart
        title={say.rank}
        description={say.rankText}
        y={{ title: '1 / rank', format: (value) => figure(value, 2) }}
        bars={bars(({ reciprocalRank }) => reciprocalRank)}
      />
    </div>
  );
}

export function ValueChart({
  figures,
  replay,
  early,
  cut,
  onPick,
}: {
  figures: PassOnFigures;
  replay: ReplayFigures | null;
  early: RankerName;
  cut: number;
  onPick: (ranker: RankerName, cut: number) => void;
}) {
  const paid = figures.cuts.filter(({ cost }) => Number.isFinite(cost));
  const rankers = RANKERS.filter((ranker) => paid.some((one) => one.ranker === ranker));
  const own = (ranker: RankerName | undefined) => paid.filter((one) => one.ranker === ranker);
  const front = paretoFront(paid);
  const pointOf = (one: CutValue) => ({
    x: one.cost,
    y: one.value.value,
    label: front.includes(one) ? `${say.cutOf(count(one.cut))}, ${say.pareto}` : say.cutOf(count(one.cut)),
  });
  const paths: FrontierPath[] = rankers.map((ranker) => ({
    id: ranker,
    name: names[ranker],
    tone: RANKER_TONES[ranker],
    line: true,
    points: own(ranker).map(pointOf),
  }));
  const best: FrontierPath = {
    id: 'pareto',
    name: say.pareto,
    tone: 'quiet',
    line: true,
    isCopy: true,
    points: front.map((one) => ({
      x: one.cost,
      y: one.value.value,
      label: `${names[one.ranker]}, ${say.cutOf(count(one.cut))}`,
    })),
  };
  const path = rankers.indexOf(early);
  const index = own(early).findIndex((one) => one.cut >= cut);
  return (
    <>
      <FrontierChart
        title={say.value}
        description={say.valueText}
        x={{ title: say.cost, scale: 'log', format: compact }}
        y={{ title: say.totalValue, unit: say.currency, format: (value) => figure(value) }}
        paths={[...paths, best]}
        selected={path < 0 || index < 0 ? null : { path, index }}
        onSelect={(place) => {
          const picked = own(rankers[place.path])[place.index];
          if (picked) onPick(picked.ranker, picked.cut);
        }}
        height={360}
      />
      {replay && (
        <div className={funnel.pair}>
          <BarChart
            title={say.replay}
            description={say.replayText}
            y={{ title: say.totalValue, unit: say.currency }}
            bars={replayBars(replay, ({ totalValue }) => totalValue)}
          />
          <BarChart
            title={say.crossOutRate}
            description={say.crossOutRateText}
            y={{ title: say.crossOuts, format: (value) => percent(value) }}
            bars={replayBars(replay, ({ crossOutRate }) => crossOutRate)}
          />
        </div>
      )}
    </>
  );
}

function replayBars(
  { replay }: ReplayFigures,
  pick: (report: ReplayFigures['replay'][number]) => { value: number; low: number; high: number },
): Bar[] {
  return replay.map((report) => ({
    id: report.ranker,
    label: names[report.ranker],
    tone: RANKER_TONES[report.ranker],
    ...pick(report),
  }));
}

export function FrontierPanel({
  replay,
  early,
  lambda,
  onPick,
}: {
  replay: ReplayFigures;
  early: RankerName;
  lambda: number;
  onPick: (ranker: RankerName, lambda: number) => void;
}) {
  const rankers = RANKERS.filter((ranker) => replay.frontier.some((one) => one.ranker === ranker));
  const own = (ranker: RankerName | undefined) => replay.frontier.filter((one) => one.ranker === ranker);
  const path = rankers.indexOf(early);
  const index = own(early).findIndex((one) => one.lambda === lambda);
  return (
    <FrontierChart
      title={say.frontier}
      description={say.frontierText}
      x={{ title: say.crossOuts, format: (value) => percent(value) }}
      y={{ title: say.revenue, unit: say.currency, format: (value) => figure(value) }}
      paths={rankers.map((ranker) => ({
        id: ranker,
        name: names[ranker],
        tone: RANKER_TONES[ranker],
        line: true,
        points: own(ranker).map(({ lambda, crossOutRate, revenue }) => ({
          x: crossOutRate.value,
          y: revenue.value,
          label: say.lambdaOf(figure(lambda, lambda % 1 === 0 ? 0 : 1)),
        })),
      }))}
      selected={path < 0 || index < 0 ? null : { path, index }}
      onSelect={(place) => {
        const ranker = rankers[place.path];
        const picked = own(ranker)[place.index];
        if (ranker && picked) onPick(ranker, picked.lambda);
      }}
      height={380}
    />
  );
}

export function CalibrationPanel({ figures, early }: { figures: PassOnFigures; early: RankerName }) {
  const models = early === 'oracle' ? (['final'] as const) : ([early, 'final'] as const);
  return EVENTS.map((event) => (
    <div key={event} className={funnel.pair}>
      {models.map((model) => (
        <GroupCalibration key={model} figures={figures} event={event} model={model} />
      ))}
    </div>
  ));
}

/** Calibration of one event by one model, group by group; nothing where the model does not predict it. */
function GroupCalibration({
  figures,
  event,
  model,
}: {
  figures: PassOnFigures;
  event: (typeof EVENTS)[number];
  model: RankerName | 'final';
}) {
  const rows = GROUPINGS.flatMap((grouping) =>
    figures.calibration.filter(
      (row) => row.model === model && row.event === event && row.grouping === grouping && row.candidates > 0,
    ),
  );
  if (rows.length === 0) return null;
  return (
    <BarChart
      title={say.calibration(event, model === 'final' ? say.final : names[model])}
      description={say.calibrationText}
      y={{ title: say.calibrationAxis, format: (value) => figure(value, 2) }}
      reference={{ y: 1, label: say.right }}
      bars={rows.map(({ grouping, group, calibration }) => ({
        id: `${grouping} ${group}`,
        label: groups[grouping][group] ?? '',
        tone: model === 'final' ? 'ink' : RANKER_TONES[model],
        ...calibration,
      }))}
    />
  );
}

export function CurseChart({ figures, early }: { figures: PassOnFigures; early: RankerName }) {
  const models = [...new Set(figures.curse.map(({ model }) => model))];
  return (
    <CurveChart
      title={say.curse}
      description={say.curseText}
      xs={DEPTHS}
      x={{ title: say.depth, scale: 'log', format: count }}
      y={{ title: say.curseAxis, format: (value) => figure(value, 2) }}
      reference={{ y: 1, label: say.right }}
      series={models.map((model) => {
        const rows = DEPTHS.map((depth) =>
          figures.curse.find((row) => row.model === model && row.depth === depth),
        );
        const isBanded = model === 'final' || model === early;
        return {
          id: model,
          name: model === 'final' ? say.final : names[model],
          tone: model === 'final' ? 'quiet' : RANKER_TONES[model],
          y: rows.map((row) => row?.clicks.value ?? null),
          ...(isBanded && {
            low: rows.map((row) => row?.clicks.low ?? null),
            high: rows.map((row) => row?.clicks.high ?? null),
          }),
        };
      })}
      height={360}
    />
  );
}
