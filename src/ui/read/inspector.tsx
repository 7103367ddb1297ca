import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Alternative, ReadToken } from '../../inference/tromr/reading.ts';
import { soundingAlters } from '../../notation/accidentals.ts';
import { IconButton } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './inspector.module.css';
import type { Session } from './session.ts';
import { barNumber, certaintyOf, type Direction, neighbour, type ShownPage } from './staves.ts';
import { alternativeWords, BRANCH_WORDS, symbolWords } from './symbol-words.ts';

const { selected: say } = words.read;

/** The selected symbol in words, how sure the reader is of it, and what else it might be. */
export function Inspector({ session, shown }: { session: Session; shown: ShownPage }) {
  const selected = useStore(session.store, (state) => state.selected);
  const tokens = selected?.page === shown.id ? shown.staves[selected.staff] : undefined;
  const one = tokens?.find(({ index }) => index === selected?.token);
  const alters = useMemo(() => soundingAlters(tokens?.map(({ token }) => token) ?? []).alters, [tokens]);
  if (!selected || !tokens || !one) return null;
  const move = (direction: Direction) => session.select(neighbour(shown, selected, direction));
  const { token, index } = one;
  return (
    <section className={styles.inspector} aria-label={say.label}>
      <div className={styles.symbol}>
        <p className={styles.words} aria-live="polite">
          {capital(symbolWords(token, alters.get(index)))}
        </p>
        <p className={styles.place}>
          {say.staff(selected.staff + 1)}, {say.bar(barNumber(tokens, index))}
          <span className={styles.sure} data-certainty={certaintyOf(token)}>
            {say.sure(percent(token.p))}
          </span>
        </p>
        {one.state === 'draft' && <p className={styles.place}>{say.draft}</p>}
      </div>
      <Alternatives token={token} />
      <div className={styles.buttons}>
        <IconButton icon="previous" name={say.previous} onClick={() => move('left')} />
        <IconButton icon="next" name={say.next} onClick={() => move('right')} />
        <IconButton icon="close" name={say.close} onClick={() => session.select(null)} />
      </div>
    </section>
  );
}

/** How many are shown of all branches together. */
const SHOWN = 4;

function Alternatives({ token }: { token: ReadToken }) {
  const best = [...token.alternatives].sort((a, b) => b.p - a.p).slice(0, SHOWN);
  if (best.length === 0) return <p className={styles.none}>{say.certain}</p>;
  return (
    <div className={styles.alternatives}>
      <h2>{say.else}</h2>
      <ul>
        {best.map((one) => (
          <li key={`${one.branch} ${one.value}`}>
            <AlternativeBar alternative={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function AlternativeBar({ alternative }: { alternative: Alternative }) {
  return (
    <>
      <span className={styles.branch}>{BRANCH_WORDS[alternative.branch]}</span>
      <span className={styles.value}>{alternativeWords(alternative)}</span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${100 * alternative.p}%` }} />
      </span>
      <span className={styles.figure}>{percent(alternative.p)}</span>
    </>
  );
}

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const SMALL_PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Never rounded to certainty. */
function percent(p: number): string {
  if (p > 0.995 && p < 1) return '> 99 %';
  return (p < 0.01 ? SMALL_PERCENT : PERCENT).format(p).replace('%', ' %');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
