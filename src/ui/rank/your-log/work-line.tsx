import { useStore } from 'zustand';
import { Button } from '../../kit/button.tsx';
import { count, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import type { LogSession } from './log-session.ts';
import styles from './your-log.module.css';

const say = words.yourLog;

/** What is being done, how far it is, and a way to stop it. */
export function WorkLine({ session }: { session: LogSession }) {
  const work = useStore(session.store, (state) => state.work);
  if (!work) return null;
  const { stage, share, rows, name, stopping } = work;
  return (
    <div className={styles.work}>
      <div className={styles.workText} role="status">
        <span>{say.stages[stage]}</span> <span className={styles.quiet}>{name}</span>
      </div>
      <progress value={share} max={1} aria-label={say.stages[stage]} />
      <span className={styles.quiet}>
        {percent(share, 0)}
        {rows > 0 && ` · ${say.rowsSoFar(count(rows))}`}
      </span>
      <Button disabled={stopping} onClick={session.stop}>
        {say.stop}
      </Button>
    </div>
  );
}
