import { useRef } from 'react';
import { useStore } from 'zustand';
import { useFrames } from '../sound/frames.ts';
import { type Stop, stopBefore } from '../sound/passage.ts';
import type { Playing } from './playing.ts';
import styles from './score-cursor.module.css';

type Place = { x: number; top: number; height: number };

/** Where the music is in the engraving: a line over the system, in a pane that scrolls. `engraving` is anew when the lines are. */
export function ScoreCursor({
  playing,
  pane,
  engraving,
}: {
  playing: Playing;
  pane: React.RefObject<HTMLElement | null>;
  engraving: object;
}) {
  const { player } = playing;
  const music = useStore(playing.music, (state) => state.music);
  const bar = useRef<HTMLDivElement>(null);
  const known = useRef<{ of: unknown[]; here: Place | null; there: Place | null }>({
    ...{ of: [], here: null, there: null },
  });

  useFrames(player, (at, gliding) => {
    const [element, around] = [bar.current, pane.current];
    if (!element || !around) return;
    const { state } = player.store.getState();
    const stops = music?.stops ?? [];
    const index = Math.max(stopBefore(stops, at), 0);
    const stop = stops[index];
    if (state === 'stopped' || state === 'loading' || !stop) {
      element.style.display = 'none';
      return;
    }
    const next = stops[index + 1];
    // Where the notes stand is looked up once a stop: measuring makes the browser lay out the page.
    const of = [engraving, music, index, around.clientWidth];
    const isNew = of.some((one, i) => one !== known.current.of[i]);
    if (isNew) {
      const here = placeOf(around, stop);
      known.current = { of, here, there: next ? placeOf(around, next) : null };
      if (here && state === 'playing') keepInSight(around, here);
    }
    const { here, there } = known.current;
    element.style.display = here ? '' : 'none';
    if (!here) return;
    const goesOn = gliding && next && there && there.top === here.top && there.x > here.x;
    const share = goesOn ? Math.min(Math.max((at - stop.at) / (next.at - stop.at), 0), 1) : 0;
    const x = here.x + (goesOn ? share * (there.x - here.x) : 0);
    element.style.height = `${here.height}px`;
    element.style.transform = `translate(${x.toFixed(1)}px, ${here.top.toFixed(1)}px)`;
  });

  return (
    <div ref={bar} className={styles.cursor} data-cursor="" aria-hidden="true" style={{ display: 'none' }} />
  );
}

/** The middle of a stop's first head or rest, and its system's height, in px of the pane's content. */
function placeOf(pane: HTMLElement, { ids }: Stop): Place | null {
  const element = pane.querySelector(ids.map((id) => `[id="${id}"]`).join());
  const head = element?.querySelector('.notehead') ?? element;
  const system = element?.closest('.system');
  if (!head || !system) return null;
  const [frame, box, line] = [pane, head, system].map((one) => one.getBoundingClientRect());
  if (!frame || !box || !line) return null;
  return {
    x: box.left + box.width / 2 - frame.left + pane.scrollLeft,
    top: line.top - frame.top + pane.scrollTop,
    height: line.height,
  };
}

function keepInSight(pane: HTMLElement, { top, height }: Place): void {
  const { scrollTop, clientHeight } = pane;
  if (top >= scrollTop && top + height <= scrollTop + clientHeight) return;
  pane.scrollTo({ top: Math.max(top - 24, 0) });
}
