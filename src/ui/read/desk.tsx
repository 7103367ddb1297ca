import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import styles from './desk.module.css';
import { EditAnnouncer } from './edit-announcer.tsx';
import { pressed, type Sheet } from './edit-desk.ts';
import { EditHelp } from './edit-help.tsx';
import { EditSign } from './edit-sign.tsx';
import { shownStaves } from './edited.ts';
import { Grip } from './grip.tsx';
import { Inspector } from './inspector.tsx';
import { PhotoPane } from './photo-pane.tsx';
import { playingOf } from './playing.ts';
import { Rail } from './rail.tsx';
import { ScorePane } from './score-pane.tsx';
import type { Session } from './session.ts';
import { Stages } from './stages.tsx';
import { StatusBar } from './status-bar.tsx';
import { type ShownPage, type ShownToken, type StaffState, shownTokens } from './staves.ts';
import { pageShown } from './store.ts';

/** The photo with its symbols, and the engraved score: beside each other, or one above the other on phones. */
export function Desk({ session }: { session: Session }) {
  const shown = useShown(session);
  const playing = playingOf(session);
  useEffect(() => playing.start(), [playing]);
  const [split, setSplit] = useState(50);
  const [sheet, setSheet] = useState<Sheet>(null);
  // Where the focus had a button that is gone, the page has it: its keys are still for the selected symbol.
  const pressedNowhere = useEffectEvent((event: KeyboardEvent) => {
    if (event.target === document.body) pressed(session, shown, event, setSheet);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => pressedNowhere(event);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that no control inside took are for the selected symbol
    <div className={styles.desk} onKeyDown={(event) => pressed(session, shown, event, setSheet)}>
      <Stages session={session} />
      <div className={styles.body}>
        <Rail session={session} />
        <div className={styles.panes} style={{ '--split': `${split}%` }} data-part="panes">
          <PhotoPane session={session} playing={playing} shown={shown} className={styles.photo} />
          <Grip split={split} onSplit={setSplit} />
          <ScorePane session={session} playing={playing} className={styles.score} />
        </div>
      </div>
      <Inspector session={session} shown={shown} onSheet={setSheet} />
      <StatusBar session={session} playing={playing} />
      <EditAnnouncer session={session} />
      <EditHelp open={sheet === 'help'} onClose={() => setSheet(null)} />
      <EditSign session={session} open={sheet === 'sign'} onClose={() => setSheet(null)} />
    </div>
  );
}

const cache = new WeakMap<StaffState, ShownToken[]>();

/** What is shown of the page on the desk; staves that did not change keep their lists. */
function useShown(session: Session): ShownPage {
  const piece = useStore(session.store, (state) => state.piece);
  const page = useStore(session.store, pageShown);
  return useMemo(() => {
    const staves = piece && page ? shownStaves(piece, page) : [];
    return { id: page?.id ?? '', staves: staves.map(shownOf) };
  }, [piece, page]);
}

function shownOf(staff: StaffState): ShownToken[] {
  const known = cache.get(staff) ?? shownTokens(staff);
  cache.set(staff, known);
  return known;
}
