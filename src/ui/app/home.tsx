import { buttonClass } from '../kit/button.tsx';
import { words } from '../words.ts';
import { FACTS } from './facts.ts';
import styles from './home.module.css';
import { ROOMS, siteUrl } from './rooms.ts';
import { Shell } from './shell.tsx';

const { home } = words;

/** One sentence, the doors to the rooms that there are, and facts that were measured. */
export default function Home() {
  return (
    <Shell room="home">
      <div className={styles.home}>
        <header className={styles.lead}>
          <h1>{home.title}</h1>
          <p>{home.lead}</p>
        </header>
        <ReadDoor />
        <Facts />
      </div>
    </Shell>
  );
}

function ReadDoor() {
  const { title, text, open } = home.readDoor;
  return (
    <section className={styles.door} aria-labelledby="read-door">
      {FACTS.hasStrip && (
        <figure className={styles.strip}>
          <img src={siteUrl('samples/home/strip.svg')} alt={home.strip.alt} width="960" height="330" />
          <figcaption>{home.strip.caption}</figcaption>
        </figure>
      )}
      <div className={styles.sign}>
        <div>
          <h2 id="read-door">{title}</h2>
          <p>{text}</p>
        </div>
        <a className={buttonClass('primary')} href={siteUrl(ROOMS.read.path)}>
          {open}
        </a>
      </div>
    </section>
  );
}

function Facts() {
  const { size, errors, privacy } = home.facts;
  const facts = [
    ...(FACTS.weightBytes > 0 ? [size((FACTS.weightBytes / 1e6).toFixed(1))] : []),
    ...(FACTS.photoErrorRate !== null ? [errors((100 * FACTS.photoErrorRate).toFixed(0))] : []),
    privacy,
  ];
  return (
    <section className={styles.facts} aria-label={home.factsTitle}>
      {facts.map(({ figure, text }) => (
        <p key={text}>
          <strong>{figure}</strong> {text}
        </p>
      ))}
    </section>
  );
}
