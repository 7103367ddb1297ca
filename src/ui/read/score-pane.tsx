import { memo, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { words } from '../words.ts';
import { ScoreBarSigns } from './bar-signs.tsx';
import { cleanDrawing } from './clean-svg.ts';
import { findEngraved, nearestEngraved, placeOfEngraved } from './engraved.ts';
import { OctaveNotes } from './octave-signs.tsx';
import type { Playing } from './playing.ts';
import { ScoreCursor } from './score-cursor.tsx';
import styles from './score-pane.module.css';
import type { Session } from './session.ts';
import type { SymbolPlace } from './staves.ts';
import type { Piece } from './store.ts';

const { score } = words.read;

/** The engraved score, line by line. Selecting a note selects it on the photo, and the other way round. */
export function ScorePane({
  session,
  playing,
  className,
}: {
  session: Session;
  playing: Playing;
  className: string | undefined;
}) {
  // Cleaning the lines takes long: React does it in pieces, and the page goes on in between.
  const engraving = useDeferredValue(useStore(session.store, (state) => state.engraving));
  const selected = useStore(session.store, (state) => state.selected);
  const pane = useRef<HTMLElement>(null);
  useFit(pane, session);
  const piece = useStore(session.store, (state) => state.piece);
  useSelected(pane, selected, piece, engraving);
  const lines = 'lines' in engraving ? engraving.lines : [];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the symbols have their keys on the photo, where all of them are
    <section
      ref={pane}
      className={`${styles.pane} ${className ?? ''}`}
      data-part="score"
      aria-label={score.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reached by the keyboard
      tabIndex={0}
      onClick={(event) => {
        if (!(event.target instanceof Element) || !piece) return;
        const spot = { x: event.clientX, y: event.clientY };
        const near = nearestEngraved(event.currentTarget, spot);
        const place = placeOfEngraved(event.target, piece) ?? (near && placeOfEngraved(near, piece));
        if (place && !(event.shiftKey && playing.loopTo(place))) session.select(place);
      }}
    >
      {engraving.state === 'none' && <p className={styles.note}>{score.waiting}</p>}
      {engraving.state === 'engraving' && lines.length === 0 && (
        <p className={styles.note}>{score.engraving}</p>
      )}
      {engraving.state === 'failed' && <p className={styles.note}>{score.failed}</p>}
      {lines.map((svg, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <Line key={i} svg={svg} number={i + 1} />
      ))}
      {lines.length > 0 && <OctaveNotes session={session} className={styles.limits} />}
      {lines.length > 0 && <p className={styles.limits}>{score.limits}</p>}
      <ScoreBarSigns session={session} pane={pane} engraving={engraving} />
      <ScoreCursor playing={playing} pane={pane} engraving={engraving} />
    </section>
  );
}

const Line = memo(function Line({ svg, number }: { svg: string; number: number }) {
  const drawing = useMemo(() => cleanDrawing(svg), [svg]);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(...(drawing ? [drawing] : [])), [drawing]);
  return <div ref={place} className={styles.line} role="img" aria-label={score.system(number)} />;
});

/** Tells the session how wide the score can be. */
function useFit(pane: React.RefObject<HTMLElement | null>, session: Session): void {
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fitScore = () => void session.fitScore(element.clientWidth - 32);
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(fitScore, 200);
    });
    fitScore();
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [pane, session]);
}

/** Marks the selected symbol in the engraving, and brings it into sight. */
function useSelected(
  pane: React.RefObject<HTMLElement | null>,
  selected: SymbolPlace | null,
  piece: Piece | null,
  engraving: object,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engraving is to be marked again
  useEffect(() => {
    const element = pane.current && selected && piece && findEngraved(pane.current, piece, selected);
    if (!element) return;
    element.setAttribute('data-selected', '');
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    return () => element.removeAttribute('data-selected');
  }, [pane, selected, piece, engraving]);
}
