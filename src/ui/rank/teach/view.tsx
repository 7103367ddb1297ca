import { type KeyboardEvent, useState } from 'react';
import { CopyReport } from '../../app/copy-report.tsx';
import { Button, IconButton } from '../../kit/button.tsx';
import { count } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import { type ROWS, runText, TEACH_CHARTS, type TeachChart } from '../controls.ts';
import { Frame } from '../frame.tsx';
import { useRoom } from '../rank-room.ts';
import { Sentences } from '../sentences.tsx';
import { settingsOf } from '../settings.ts';
import { Tabs } from '../tabs.tsx';
import { useNarrow } from '../use-narrow.ts';
import { useSwipeThrough } from '../use-swipe.ts';
import { TeachChartOf } from './charts.tsx';
import { TeachRail } from './rail.tsx';
import { sentencesOf } from './sentences.ts';
import { dateText, TransportBar, useTransport } from './transport.tsx';
import { type ShownRun, useRun } from './use-run.ts';
import styles from './view.module.css';

const say = words.rank;

/** Teach: a student learns from a teacher over a drifting stream, day by day. */
export default function TeachView() {
  const run = useRun();
  const [playing, setPlaying] = useState(false);
  const transport = useTransport(run, { playing, setPlaying });
  const { set } = useRoom();
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesKey(event)) return;
    const does: Record<string, () => void> = {
      ' ': transport.play,
      s: transport.step,
      '[': transport.back,
      ']': transport.forward,
      p: () => set({ pin: run.controls.pin ? '' : runText(run.controls) }),
    };
    const act = does[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <Frame
      rail={<TeachRail />}
      sentences={<Said run={run} />}
      foot={<TransportBar run={run} transport={transport} />}
      onKeyDown={onKey}
    >
      <Notes run={run} />
      {!run.run && <NotRun run={run} />}
      {run.run || run.before ? <Charts run={run} /> : null}
      <p className="visually-hidden" role="status">
        {run.isWorking && run.days.length > 0
          ? say.transport.day(run.days.length, run.settings.streamDays)
          : ''}
      </p>
    </Frame>
  );
}

/** Whether the control that has the focus uses this key itself: fields and lists all letters, the others the space bar. */
function takesKey({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('select, textarea, input:not([type="range"], [type="checkbox"], [type="radio"])'))
    return true;
  return key === ' ' && target.closest('input, button, a, summary') !== null;
}

/** The chart that matters now and, where there is room, two small ones beside it. */
function Charts({ run }: { run: ShownRun }) {
  const narrow = useNarrow();
  const { set, hidden } = useRoom();
  const { chart } = run.controls;
  const beside = BESIDE[chart];
  const swipe = useSwipeThrough(TEACH_CHARTS, chart, (next) => set({ chart: next }));
  return (
    <div className={styles.charts} {...swipe}>
      {!hidden.has('chart') && (
        <Tabs
          label={say.charts.choose}
          names={say.charts.names}
          at={chart}
          onChoose={(next) => set({ chart: next })}
        />
      )}
      <TeachChartOf chart={chart} shown={run} height={narrow ? 280 : 300} />
      {!narrow && (
        <div className={styles.small}>
          {beside.map((one) => (
            <TeachChartOf key={one} chart={one} shown={run} height={210} />
          ))}
        </div>
      )}
    </div>
  );
}

const BESIDE: Record<TeachChart, readonly [TeachChart, TeachChart]> = {
  ne: ['calibration', 'auc'],
  calibration: ['ne', 'xray'],
  auc: ['ne', 'calibration'],
  xray: ['calibration', 'ne'],
  ledger: ['ne', 'sizes'],
  sizes: ['ne', 'ledger'],
};

/** Settings that nobody has run yet: what to do about it. */
function NotRun({ run }: { run: ShownRun }) {
  const { teach, set } = useRoom();
  if (run.isFetching) return <p className={styles.empty}>{say.empty.loading}</p>;
  if (run.work)
    return (
      <p className={styles.empty} role="status">
        {run.isWorking ? say.empty.working : say.empty.otherWorks}
      </p>
    );
  const trainWith = (rows: (typeof ROWS)[number]) => {
    set({ rows, day: 0 });
    void teach.train(settingsOf({ ...run.controls, rows }));
  };
  const { rows } = run.controls;
  return (
    <section className={styles.empty} aria-labelledby="not-run">
      <h2 id="not-run">{say.empty.title}</h2>
      <p>
        {say.empty.text} {run.before && say.empty.stale}
        {run.state.library === 'missing' && ` ${say.empty.noLibrary}`}
      </p>
      <div className={styles.buttons}>
        {rows !== QUICK && (
          <Button look="primary" onClick={() => trainWith(QUICK)}>
            {say.transport.trainQuick(count(Number(QUICK)))}
          </Button>
        )}
        <Button look={rows === QUICK ? 'primary' : 'quiet'} onClick={() => trainWith(rows)}>
          {say.transport.trainQuick(count(Number(rows)))}
        </Button>
      </div>
    </section>
  );
}

/** Impressions a day that a page trains in good time. */
const QUICK = '10000' satisfies (typeof ROWS)[number];

function Said({ run }: { run: ShownRun }) {
  const { settings, shown, pinned } = run;
  const sentences = sentencesOf({ settings, days: shown, pinned });
  return (
    <Sentences texts={sentences.length > 0 ? sentences.map(({ text }) => text) : [say.sentences.none]}>
      <Source run={run} />
    </Sentences>
  );
}

/** Where the run comes from: computed before, or here. */
function Source({ run: { run } }: { run: ShownRun }) {
  if (!run) return null;
  const { source, settings } = run;
  const backends: Record<string, string> = say.backend;
  if (source.kind === 'here')
    return <p className={styles.source}>{say.transport.here(backends[source.backend] ?? source.backend)}</p>;
  return (
    <p className={styles.source}>
      <strong>{say.transport.before(dateText(source.date))}</strong>.{' '}
      {say.transport.beforeDetail(source.command, count(settings.impressionsPerDay))}
    </p>
  );
}

/** What went wrong, and a day that is done again. */
function Notes({ run: { state } }: { run: ShownRun }) {
  const { teach } = useRoom();
  const { problem, replay } = state;
  return (
    <div role="alert">
      {replay && (
        <div className={styles.note}>
          <div>{say.replay[replay.lost](Math.max(1, replay.day + 1))}</div>
          <IconButton icon="close" name={say.close} onClick={teach.dismissReplay} />
        </div>
      )}
      {problem && (
        <div className={styles.note}>
          <div>
            <strong>{say.failures[problem.code].title}</strong>
            {say.failures[problem.code].advice}
          </div>
          <CopyReport failed={{ ...problem, facts: { engine: state.engine?.backend ?? '' } }} />
          <IconButton icon="close" name={say.close} onClick={teach.dismissProblem} />
        </div>
      )}
    </div>
  );
}
