import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createLogClient, spawnLogWorker } from '../../../workers/log-client.ts';
import { words } from '../../words.ts';
import type { Controls } from '../controls.ts';
import { Frame } from '../frame.tsx';
import { useControls } from '../rail.tsx';
import { Sentences } from '../sentences.tsx';
import { LogProblem } from './log-problem.tsx';
import { LogRail } from './log-rail.tsx';
import { createLogSession, type LogSession, type LogSettings } from './log-session.ts';
import { Mapper } from './mapper.tsx';
import { Report } from './report.tsx';
import { judgedSentences, logSentences, policySentences } from './sentences.ts';
import { Target } from './target.tsx';
import { useIncomingLogs } from './use-incoming-logs.ts';
import { WorkLine } from './work-line.tsx';
import styles from './your-log.module.css';

const say = words.yourLog;

/** One log for as long as the room is open, whatever view is looked at. */
const session = createLogSession(
  createLogClient(spawnLogWorker),
  new URLSearchParams(location.search).get('backend') ?? 'auto',
);

/** The view on a log that the visitor brings: drop it, say what its columns are, look at it, learn from it. */
export default function YourLogView() {
  const waiting = useStore(session.store, (state) => state.waiting);
  const log = useStore(session.store, (state) => state.log);
  const dragging = useIncomingLogs((file, name) => void session.open(file, name), say.target.pasted);
  const settings = logSettings(useControls());
  const { epsilon, clip } = settings;
  useEffect(() => void session.revalue({ epsilon, clip }), [epsilon, clip]);
  return (
    <Frame rail={<LogRail session={session} />} sentences={<Said session={session} />}>
      <div className={styles.view}>
        <LogProblem session={session} />
        <WorkLine session={session} />
        {waiting ? (
          <Mapper session={session} waiting={waiting} />
        ) : log ? (
          <Report session={session} log={log} settings={settings} />
        ) : (
          <Target session={session} />
        )}
      </div>
      {dragging && <div className={styles.drop}>{say.target.drop}</div>}
    </Frame>
  );
}

function logSettings({ share, learn, epsilon, clip }: Controls): LogSettings {
  return {
    share: share / 100,
    maxRows: Number(learn),
    epsilon,
    clip: clip === 'none' ? Number.POSITIVE_INFINITY : Number(clip),
  };
}

function Said({ session }: { session: LogSession }) {
  const log = useStore(session.store, (state) => state.log);
  const judged = useStore(session.store, (state) => state.judged);
  return (
    <Sentences
      texts={[
        ...(log ? logSentences(log) : [say.target.layouts]),
        ...(judged ? judgedSentences(judged) : []),
        ...(judged?.policies ? policySentences(judged.policies) : []),
        ...(judged?.noPolicy ? [say.noPolicy[judged.noPolicy]] : []),
      ]}
    />
  );
}
