import { buttonClass } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './home.module.css';
import { ROOMS, siteUrl } from './rooms.ts';
import { Shell } from './shell.tsx';

const { home } = words;

export default function Home() {
  return (
    <Shell room="home">
      <div className={styles.home}>
        <header className={styles.lead}>
          <h1>{home.title}</h1>
          <p>{home.lead}</p>
        </header>
        <section className={styles.door}>
          <h2>{home.readDoor.title}</h2>
          <p>{home.readDoor.text}</p>
          <a className={buttonClass('primary')} href={siteUrl(ROOMS.read.path)}>
            {home.readDoor.open}
          </a>
        </section>
      </div>
    </Shell>
  );
}
