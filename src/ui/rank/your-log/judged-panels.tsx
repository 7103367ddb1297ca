import { useStore } from 'zustand';
import type { Estimate } from '../../../funnel/off-policy.ts';
import type { JudgedLog, LoadedLog, Policies } from '../../../workers/log-protocol.ts';
import { Button } from '../../kit/button.tsx';
import { BarChart } from '../../kit/chart/bar-chart.tsx';
import { CalibrationChart } from '../../kit/chart/calibration-chart.tsx';
import { compact, figure, interval, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import type { LogSession, LogSettings } from './log-session.ts';
import styles from './your-log.module.css';

const say = words.yourLog;
const rate = (value: number) => percent(value, 2);

/** Training on the earlier part, and what it says of the later one. */
type Asked = { session: LogSession; log: LoadedLog; settings: LogSettings };

export function JudgedPanels({ session, log, settings }: Asked) {
  const judged = useStore(session.store, (state) => state.judged);
  return (
    <>
      <TrainForm session={session} log={log} settings={settings} />
      {judged && (
        <>
          <Figures judged={judged} />
          <CalibrationChart
            title={say.charts.calibration}
            description={say.charts.calibrationText}
            x={{ title: say.charts.predicted, format: rate }}
            y={{ title: say.charts.observed, format: rate }}
            curves={[{ id: 'vm', name: say.charts.model, tone: 'blue', points: judged.curve }]}
          />
          {judged.noPolicy && <p className={styles.hidden}>{say.noPolicy[judged.noPolicy]}</p>}
          {judged.policies && <PolicyPanel policies={judged.policies} />}
        </>
      )}
    </>
  );
}

function TrainForm({ session, log, settings }: Asked) {
  const judged = useStore(session.store, (state) => state.judged);
  const busy = useStore(session.store, (state) => state.work !== null);
  return (
    <section className={styles.train} aria-labelledby="train-title">
      <div>
        <h3 id="train-title">{say.train.title}</h3>
        <p className={styles.quiet}>
          {say.train.text} {log.from === null && say.train.byOrder}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button
          look={judged ? 'quiet' : 'primary'}
          disabled={busy}
          onClick={() => void session.judge(settings)}
        >
          {judged ? say.train.again : say.train.start}
        </Button>
      </div>
    </section>
  );
}

function Figures({ judged }: { judged: JudgedLog }) {
  const { entropy, calibration, constantEntropy, auc } = judged;
  const three = (value: number) => figure(value, 3);
  const facts = [
    [interval(entropy.value, entropy.low, entropy.high, three), say.figures.entropy],
    [three(constantEntropy), say.figures.constant],
    [
      interval(calibration.value, calibration.low, calibration.high, (v) => figure(v, 2)),
      say.figures.calibration,
    ],
    [three(auc), say.figures.auc],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([value, name]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const ESTIMATORS = ['ips', 'snips', 'dr'] as const;
const TONES = { uniform: 'orange', greedy: 'green' } as const;

function PolicyPanel({ policies }: { policies: Policies }) {
  const bars = (['uniform', 'greedy'] as const).flatMap((policy) =>
    ESTIMATORS.map((estimator) => bar(policy, estimator, policies[policy][estimator])),
  );
  return (
    <section className={styles.train} aria-labelledby="policy-title">
      <h3 id="policy-title">{say.policies.title}</h3>
      <BarChart
        title={say.charts.policies}
        description={say.charts.policiesText}
        y={{ title: say.charts.policyAxis, format: rate }}
        reference={{ y: policies.logged.value, label: say.charts.logged }}
        bars={bars}
      />
      <p className={styles.quiet}>{say.policies.note}</p>
    </section>
  );
}

function bar(policy: 'uniform' | 'greedy', estimator: (typeof ESTIMATORS)[number], estimate: Estimate) {
  const { value, halfWidth, effectiveSampleSize } = estimate;
  return {
    id: `${policy} ${estimator}`,
    label: `${say.policies[policy]}, ${estimator.toUpperCase()}`,
    value,
    low: Math.max(0, value - halfWidth),
    high: value + halfWidth,
    tone: TONES[policy],
    note: say.charts.ess(compact(Math.round(effectiveSampleSize))),
  };
}
