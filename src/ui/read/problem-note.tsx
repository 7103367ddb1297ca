import { useState } from 'react';
import { useStore } from 'zustand';
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

/** Only the machine's own words are worth copying; a photo that is none needs no report. */
function CopyReport({ problem }: { problem: Problem }) {
  const [copied, setCopied] = useState(false);
  if (!problem.message) return null;
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
