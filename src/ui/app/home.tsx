import { buttonClass } from '../kit/button.tsx';
import { decimal } from '../numbers.ts';
import { words } from '../words.ts';
import { FACTS } from './facts.ts';
import { FunnelFigure } from './funnel-figure.tsx';
import styles from './home.module.css';
import { ROOMS, siteLink } from './rooms.ts';
import { Shell } from './shell.tsx';

const { home } = words;

/** One sentence, two doors with something real on each, and three facts that were measured. */
export default function Home() {
  return (
    <Shell room="home">
      <div className={styles.home}>
        <header className={styles.lead}>
          <h1>{home.title}</h1>
          <p>{home.lead}</p>
        </header>
        <div className={styles.doors} data-beside={FACTS.funnel !== null}>
          <section className={styles.door} aria-labelledby="read-door">
            {FACTS.hasStrip && <Strip />}
            <Sign room="read" />
          </section>
          <section className={styles.door} aria-labelledby="rank-door">
            {FACTS.funnel && <FunnelFigure funnel={FACTS.funnel} />}
            <Sign room="rank" />
          </section>
        </div>
        <Facts />
      </div>
    </Shell>
  );
}

/** The sample whose first staff is drawn there (tools/home-strip.ts). */
const STRIP_PAGE = 'bass-line.jpg';

function Strip() {
  return (
    <figure className={styles.strip}>
      <a href={`${siteLink(ROOMS.read.path)}?sample=${STRIP_PAGE}`}>
        <img
          src={siteLink('samples/home/strip.svg')}
          alt={home.strip.alt}
          width="960"
          height="245"
          fetchPriority="high"
        />
        <span>{home.strip.open}</span>
      </a>
      <figcaption>{home.strip.caption}</figcaption>
    </figure>
  );
}

function Sign({ room }: { room: 'read' | 'rank' }) {
  const { title, text, open } = home[`${room}Door`];
  return (
    <div className={styles.sign}>
      <div>
        <h2 id={`${room}-door`}>{title}</h2>
        <p>{text}</p>
      </div>
      {/* One accent a page: the first door has it. */}
      <a className={buttonClass(room === 'read' ? 'primary' : 'quiet')} href={siteLink(ROOMS[room].path)}>
        {open}
      </a>
    </div>
  );
}

/** The card that is shipped with the reader's weights: on what, how and by which command they were measured. */
const CARD = 'models/tromr/README.md';

function Facts() {
  const { size, errors, offline, measured } = home.facts;
  const facts = [
    ...(FACTS.weightBytes > 0 ? [{ ...size(decimal(FACTS.weightBytes / 1e6, 1)), card: CARD }] : []),
    ...(FACTS.photoErrorRate !== null
      ? [{ ...errors(decimal(100 * FACTS.photoErrorRate, 0)), card: CARD }]
      : []),
    { ...offline, card: null },
  ];
  return (
    <section className={styles.facts} aria-label={home.factsTitle}>
      {facts.map(({ figure, text, card }) => (
        <p key={figure}>
          <strong>{figure}</strong> {text}{' '}
          {card && (
            <a href={siteLink(card)}>
              {measured}
              <span className="visually-hidden">: {figure}</span>
            </a>
          )}
        </p>
      ))}
    </section>
  );
}
