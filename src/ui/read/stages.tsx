import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../kit/button.tsx';
import { decimal } from '../numbers.ts';
import { words } from '../words.ts';
import type { Session } from './session.ts';
import styles from './stages.module.css';
import { STEPS, type Work } from './store.ts';

/** The thin line of stages over the desk, while a photo is read. */
export function Stages({ session }: { session: Session }) {
  const work = useStore(session.store, (state) => state.work);
  if (!work) return null;
  const reached = STEPS.indexOf(work.step);
  return (
    <section className={styles.line} aria-label={words.read.stages.label}>
      <ol className={styles.stages}>
        {STEPS.map((step, i) => (
          <li key={step} data-at={i < reached ? 'done' : i === reached ? 'now' : 'later'}>
            <span className={styles.track}>
              <span
                style={{ width: `${100 * (i < reached ? 1 : i === reached ? (work.share ?? 0.12) : 0)}%` }}
              />
            </span>
            {words.read.stages[step]}
            {i <= reached && (
              <span className="visually-hidden">
                {', '}
                {i < reached ? words.read.stages.done : words.read.stages.now}
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.detail}>{weightsText(work)}</p>
      <Elapsed since={work.startedAt} />
      <Button look="quiet" disabled={work.stopping} onClick={session.stop}>
        {words.read.stop}
      </Button>
    </section>
  );
}

function weightsText({ weights }: Work): string {
  if (!weights) return '';
  if (weights.done >= weights.total) return words.read.checking;
  return words.read.weights(megabytes(weights.done), megabytes(weights.total));
}

function megabytes(bytes: number): string {
  return decimal(bytes / 1e6, 1);
}

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.elapsed} role="timer" aria-label={words.read.elapsed}>
      {words.read.seconds(decimal(Math.max(now - since, 0) / 1000, 1))}
    </span>
  );
}
