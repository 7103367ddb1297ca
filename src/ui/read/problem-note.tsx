import { useState } from 'react';
import { useStore } from 'zustand';
import type { ReadFailure } from '../../workers/protocol.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { problemText, words } from '../words.ts';
import styles from './problem-note.module.css';
import type { Session } from './session.ts';
import type { Problem } from './store.ts';

/** What went wrong, what is kept, what to do. Stays until it is closed or another photo is opened. */
export function ProblemNote({ session }: { session: Session }) {
  const problem = useStore(session.store, (state) => state.problem);
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
          <CopyReport problem={problem} />
          <IconButton icon="close" name={words.read.dismiss} onClick={session.dismissProblem} />
        </div>
      )}
    </div>
  );
}

/** What went wrong in the program, not in the photo. */
const OUR_FAULT: readonly ReadFailure[] = [
  'device_lost',
  'engine_failed',
  'out_of_memory',
  'weights_damaged',
  'weights_missing',
  'worker_lost',
];

/** The machine's own words, without any picture in them. */
function CopyReport({ problem }: { problem: Problem }) {
  const [copied, setCopied] = useState(false);
  if (!OUR_FAULT.includes(problem.code)) return null;
  const report = [problem.code, problem.detail, problem.message, navigator.userAgent]
    .filter(Boolean)
    .join('\n');
  return (
    <Button
      onClick={() =>
        void navigator.clipboard
          ?.writeText(report)
          .then(() => setCopied(true))
          .catch(() => setCopied(false))
      }
    >
      {copied ? words.read.reportCopied : words.read.report}
    </Button>
  );
}
