import { useMemo } from 'react';
import { useStore } from 'zustand';
import { soundingAlters } from '../../notation/accidentals.ts';
import { lineAt } from '../../notation/edit/edited.ts';
import { IconButton } from '../kit/button.tsx';
import { decimal } from '../numbers.ts';
import { words } from '../words.ts';
import { type BarCheck, barCheckAt, barText, checksOf } from './checks.ts';
import { type Offer, offersOf } from './edit-actions.ts';
import { EditBar } from './edit-bar.tsx';
import { act, moved, type Sheet } from './edit-desk.ts';
import { editedLines } from './edited.ts';
import styles from './inspector.module.css';
import type { Session } from './session.ts';
import { barNumber, certaintyOf, type Direction, type ShownPage, type ShownToken } from './staves.ts';
import { alternativeWords, BRANCH_WORDS, symbolWords, useNoteNaming } from './symbol-words.ts';

const { selected: say } = words.read;
const { edit } = words;

/** The selected symbol in words, how sure the reader is of it, what else it might be, and what can be done to it. */
export function Inspector({
  session,
  shown,
  onSheet,
}: {
  session: Session;
  shown: ShownPage;
  onSheet: (sheet: Sheet) => void;
}) {
  useNoteNaming();
  const piece = useStore(session.store, (state) => state.piece);
  const selected = useStore(session.store, (state) => state.selected);
  const tokens = selected?.page === shown.id ? shown.staves[selected.staff] : undefined;
  const one = tokens?.find(({ index }) => index === selected?.token);
  const alters = useMemo(() => soundingAlters(tokens?.map(({ token }) => token) ?? []).alters, [tokens]);
  if (!piece || !selected || !tokens || !one) return null;
  const canEdit = lineAt(editedLines(piece), selected) !== undefined;
  const check = canEdit ? barCheckAt(checksOf(piece), selected) : null;
  const move = (direction: Direction) => session.select(moved(session, shown, direction));
  const { token, index } = one;
  return (
    <section className={styles.inspector} aria-label={say.label} data-part="inspector">
      <div className={styles.symbol}>
        <p className={styles.words} aria-live="polite">
          {capital(symbolWords(token, alters.get(index)))}
        </p>
        <p className={styles.place}>
          {say.staff(selected.staff + 1)}, {say.bar(barNumber(tokens, index))}
          <Sureness shown={one} />
        </p>
        {one.state === 'draft' && <p className={styles.place}>{say.draft}</p>}
        {check && <p className={styles.check}>{edit.check.sign(barText(check))}</p>}
      </div>
      <Offers session={session} offers={offersOf(token)} check={check} canEdit={canEdit} />
      <div className={styles.buttons}>
        <IconButton icon="previous" name={say.previous} onClick={() => move('left')} />
        <IconButton icon="next" name={say.next} onClick={() => move('right')} />
        <IconButton icon="close" name={say.close} onClick={() => session.select(null)} />
      </div>
      {canEdit && <EditBar session={session} onSheet={onSheet} />}
    </section>
  );
}

function Sureness({ shown: { token } }: { shown: ShownToken }) {
  const text =
    token.asRead === undefined ? say.sure(percent(token.p)) : token.asRead ? edit.corrected : edit.added;
  return (
    <span className={styles.sure} data-certainty={certaintyOf(token)}>
      {text}
    </span>
  );
}

/** What else it might be, to choose by click or by the number keys. */
function Offers({
  session,
  offers,
  check,
  canEdit,
}: {
  session: Session;
  offers: readonly Offer[];
  check: BarCheck | null;
  canEdit: boolean;
}) {
  if (offers.length === 0) return <p className={styles.none}>{say.certain}</p>;
  return (
    <div className={styles.alternatives}>
      <h2>{say.else}</h2>
      <ol>
        {offers.map((offer, number) => (
          <li key={JSON.stringify(offer.fix)}>
            <button
              type="button"
              disabled={!canEdit}
              aria-pressed={offer.chosen}
              aria-keyshortcuts={String(number + 1)}
              onClick={() => act(session, { kind: 'alternative', number })}
            >
              <kbd>{number + 1}</kbd>
              <OfferBar offer={offer} fills={check !== null && offer.alternative === check.filler} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function OfferBar({ offer: { alternative }, fills }: { offer: Offer; fills: boolean }) {
  if (!alternative) return <span className={styles.value}>{edit.asRead}</span>;
  return (
    <>
      <span className={styles.branch}>{BRANCH_WORDS[alternative.branch]}</span>
      <span className={styles.value}>
        {alternativeWords(alternative)}
        {fills && <em>{edit.fills}</em>}
      </span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${100 * alternative.p}%` }} />
      </span>
      <span className={styles.figure}>{percent(alternative.p)}</span>
    </>
  );
}

/** Never rounded to certainty. */
function percent(p: number): string {
  if (p > 0.995 && p < 1) return '> 99 %';
  return `${decimal(100 * p, p < 0.01 ? 1 : 0)} %`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
