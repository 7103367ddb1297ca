import { useStore } from 'zustand';
import type { ReadFailure } from '../../workers/protocol.ts';
import { CopyReport } from '../app/copy-report.tsx';
import { Button, IconButton } from '../kit/button.tsx';
import { problemText, words } from '../words.ts';
import { intakeOf } from './intake.ts';
import styles from './problem-note.module.css';
import type { Session } from './session.ts';

/** What went wrong, what is kept, what to do. Stays until it is closed or another photo is opened. */
export function ProblemNote({ session }: { session: Session }) {
  const problem = useStore(session.store, (state) => state.problem);
  const intake = intakeOf(session);
  return (
    <div role="alert">
      {problem && (
        <div className={styles.note}>
          <div className={styles.text}>
            <p className={styles.title}>{problemText(problem.code, problem.detail).title}</p>
            <p>
              {problemText(problem.code, problem.detail).advice}{' '}
              {problem.kept ? words.read.kept : words.read.nothingKept}
            </p>
          </div>
          {problem.code === 'not_music' && intake.failed(problem.name) && (
            <Button onClick={() => intake.adjustFailed(problem.name)}>{words.corners.set}</Button>
          )}
          {OUR_FAULT.includes(problem.code) && (
            <Button onClick={() => void session.retry()}>{words.read.again}</Button>
          )}
          <CopyReport failed={problem} />
          <IconButton icon="close" name={words.read.dismiss} onClick={session.dismissProblem} />
        </div>
      )}
    </div>
  );
}

/** What went wrong in the program or on the way, not in the photo: to try again may help. */
const OUR_FAULT: readonly ReadFailure[] = [
  'device_lost',
  'engine_failed',
  'offline',
  'out_of_memory',
  'weights_damaged',
  'weights_missing',
  'worker_lost',
];
