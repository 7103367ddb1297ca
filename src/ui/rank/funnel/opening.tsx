import { useStore } from 'zustand';
import { CopyReport } from '../../app/copy-report.tsx';
import { Button } from '../../kit/button.tsx';
import { percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import styles from './funnel.module.css';
import type { FunnelSession } from './funnel-session.ts';

const say = words.passOn;

/** While models and requests are fetched and scored, and what went wrong with it. */
export function Opening({ session, onAgain }: { session: FunnelSession; onAgain: () => void }) {
  const opening = useStore(session.store, (state) => state.opening);
  const problem = useStore(session.store, (state) => state.problem);
  const text = problem && say.problems[problem.code];
  return (
    <>
      {opening !== null && (
        <div className={styles.opening} role="status">
          <span>{say.opening}</span>
          <progress value={opening} max={1} aria-label={say.opening} />
          <span>{percent(opening, 0)}</span>
        </div>
      )}
      <div role="alert">
        {problem && text && (
          <div className={styles.problem}>
            <div>
              <p className={styles.problemTitle}>{text.title}</p>
              <p>{text.advice}</p>
            </div>
            <Button onClick={onAgain}>{say.again}</Button>
            <CopyReport failed={{ code: problem.code, message: problem.message, facts: {} }} />
          </div>
        )}
      </div>
    </>
  );
}
