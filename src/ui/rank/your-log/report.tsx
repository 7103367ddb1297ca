import type { LoadedLog } from '../../../workers/log-protocol.ts';
import { Button } from '../../kit/button.tsx';
import { count, figure, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import { JudgedPanels } from './judged-panels.tsx';
import { PositionChart, RateChart } from './log-charts.tsx';
import { LogInput } from './log-input.tsx';
import type { LogSession, LogSettings } from './log-session.ts';
import styles from './your-log.module.css';

const say = words.yourLog;

/** A loaded log: what it holds, then what a model learns from it. */
export function Report({
  session,
  log,
  settings,
}: {
  session: LogSession;
  log: LoadedLog;
  settings: LogSettings;
}) {
  return (
    <div className={styles.report}>
      <header className={styles.head}>
        <div className={styles.name}>
          <h2>{log.name}</h2>
          <p className={styles.quiet}>{log.simulated ? say.simulated : (log.layout ?? '')}</p>
        </div>
        <div className={styles.buttons}>
          {session.canRemap() && <Button onClick={() => void session.remap()}>{say.columns}</Button>}
          <LogInput look="quiet" session={session}>
            {say.another}
          </LogInput>
        </div>
      </header>
      <div className={styles.panels}>
        <Facts log={log} />
        {log.overTime.length > 1 && <RateChart log={log} />}
        {log.positions.length > 1 && <PositionChart log={log} />}
        <BrokenRows log={log} />
        <JudgedPanels session={session} log={log} settings={settings} />
      </div>
    </div>
  );
}

function Facts({ log }: { log: LoadedLog }) {
  const facts: [string, string][] = [
    [count(log.rows), say.facts.rows],
    [count(log.positives), say.facts.clicks],
    [percent(log.positives / log.rows), say.facts.rate],
    ...(log.users === null ? [] : [[count(log.users), say.facts.users] satisfies [string, string]]),
    ...(log.ads === null ? [] : [[count(log.ads), say.facts.ads] satisfies [string, string]]),
    [count(log.broken.count), say.facts.broken],
    [figure(log.took / 1000, 1), say.facts.took],
  ];
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

function BrokenRows({ log }: { log: LoadedLog }) {
  const { count: broken, first } = log.broken;
  if (broken === 0) return null;
  return (
    <details className={styles.broken}>
      <summary>{say.broken.title(count(broken))}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.broken.line}</th>
            <th scope="col">{say.broken.reason}</th>
          </tr>
        </thead>
        <tbody>
          {first.map(({ line, reason }) => (
            <tr key={line}>
              <td>{count(line)}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {broken > first.length && <p className={styles.quiet}>{say.broken.more(count(broken))}</p>}
    </details>
  );
}
