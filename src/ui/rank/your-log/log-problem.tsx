import { useStore } from 'zustand';
import type { LogFailure } from '../../../workers/log-protocol.ts';
import { CopyReport } from '../../app/copy-report.tsx';
import { IconButton } from '../../kit/button.tsx';
import { words } from '../../words.ts';
import type { LogSession } from './log-session.ts';
import styles from './your-log.module.css';

const say = words.yourLog;

/** What went wrong in the program, not in the log. */
const OUR_FAULT: readonly LogFailure[] = ['failed', 'worker-lost', 'out-of-memory', 'sample-missing'];

/** What happened to the log, what is kept, what to do. Stays until it is closed or another log is opened. */
export function LogProblem({ session }: { session: LogSession }) {
  const problem = useStore(session.store, (state) => state.problem);
  const text = problem && say.problems[problem.code];
  return (
    <div role="alert">
      {problem && text && (
        <div className={styles.problem}>
          <div>
            <p className={styles.problemTitle}>
              {problem.name ? `${problem.name}: ` : ''}
              {text.title ?? problem.message}
            </p>
            <p>
              {text.advice} {problem.kept ? say.kept : say.nothingKept}
            </p>
          </div>
          {OUR_FAULT.includes(problem.code) && (
            <CopyReport failed={{ code: problem.code, message: problem.message, facts: {} }} />
          )}
          <IconButton icon="close" name={say.dismiss} onClick={session.dismissProblem} />
        </div>
      )}
    </div>
  );
}
