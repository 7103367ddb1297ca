import { Dialog } from '@base-ui/react/dialog';
import { DEFAULT_SETTINGS, STREAM_DAYS, WARM_UP_DAYS } from '../../adlog/settings.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { count } from '../kit/chart/format.ts';
import { words } from '../words.ts';
import styles from './about.module.css';
import { useControl } from './rank-room.ts';

const say = words.rank;

/** What is simulated, how small the models are, what is not reproduced; and the world that is seen now. */
export function About() {
  return (
    <Dialog.Root>
      <Dialog.Trigger render={<Button look="plain" />}>{say.about}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.drawer}>
          <div className={styles.head}>
            <Dialog.Title>{say.aboutTitle}</Dialog.Title>
            <Dialog.Close render={<IconButton icon="close" name={say.close} />} />
          </div>
          <div className={styles.body}>
            {say.aboutParts.map(({ title, text }) => (
              <section key={title}>
                <h3>{title}</h3>
                <p>{text}</p>
              </section>
            ))}
            <World />
            <section>
              <h3>{say.keysTitle}</h3>
              <p>{say.transport.keys}</p>
            </section>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function World() {
  const seed = useControl('seed');
  const rows = useControl('rows');
  const { facts } = say;
  const entries: [string, string][] = [
    [facts.seed, String(seed)],
    [facts.days, `${WARM_UP_DAYS} + ${STREAM_DAYS}`],
    [facts.rows, count(Number(rows))],
    [facts.users, count(DEFAULT_SETTINGS.users)],
    [facts.ads, count(DEFAULT_SETTINGS.liveAds)],
    [facts.funnel, facts.funnelText],
    [facts.exploration, facts.explorationText],
  ];
  return (
    <section>
      <h3>{facts.title}</h3>
      <dl className={styles.facts}>
        {entries.map(([term, text]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
