import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useFrames } from '../sound/frames.ts';
import { stopBefore } from '../sound/passage.ts';
import { cursorAt, loopAreas } from './cursor.ts';
import { editedPages, readPages } from './edited.ts';
import styles from './photo-cursor.module.css';
import type { Playing } from './playing.ts';
import type { Session } from './session.ts';
import { isRead } from './store.ts';
import type { Size, Spot } from './zoom.ts';

/** Where the music is on the photo, and the loop's stretch; `page` and `size` are of the page on the desk. */
export function PhotoCursor({
  session,
  playing,
  page,
  size,
  follow,
}: {
  session: Session;
  playing: Playing;
  page: string;
  size: Size;
  /** Keeps a place in sight while it plays. */
  follow: (spot: Spot) => void;
}) {
  const { player } = playing;
  const piece = useStore(session.store, (state) => state.piece);
  const music = useStore(playing.music, (state) => state.music);
  const loop = useStore(player.store, (state) => state.loop);
  const line = useRef<SVGLineElement>(null);
  const pages = useMemo(() => (isRead(piece) ? editedPages(piece) : []), [piece]);
  const ids = useMemo(() => (piece ? readPages(piece).map(({ id }) => id) : []), [piece]);
  const areas = useMemo(
    () => (loop && music ? loopAreas(pages, music.stops, loop) : []),
    [loop, music, pages],
  );

  const lastSystem = useRef('');
  useFrames(player, (at, gliding) => {
    const { state } = player.store.getState();
    const idle = state === 'stopped' || state === 'loading';
    const time = !gliding && music ? (music.stops[Math.max(stopBefore(music.stops, at), 0)]?.at ?? at) : at;
    const cursor = idle || !music ? null : cursorAt(pages, music.stops, time);
    const element = line.current;
    const here = cursor && ids[cursor.page] === page ? cursor : null;
    if (element) {
      element.style.display = here ? '' : 'none';
      if (here) {
        for (const end of ['x1', 'x2']) element.setAttribute(end, here.x.toFixed(1));
        element.setAttribute('y1', here.top.toFixed(1));
        element.setAttribute('y2', here.bottom.toFixed(1));
      }
    }
    if (!cursor || state !== 'playing') return;
    const id = ids[cursor.page];
    const system = `${cursor.page} ${cursor.system}`;
    if (system !== lastSystem.current && id !== undefined && id !== page) session.showPage(id);
    else if (here) follow({ x: here.x, y: (here.top + here.bottom) / 2 });
    lastSystem.current = system;
  });

  return (
    <svg className={styles.cursor} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {areas
        .filter((area) => ids[area.page] === page)
        .map(({ left, right }) => (
          <g key={`${left.system} ${left.x}`} className={styles.loop}>
            <polygon
              points={[
                [left.x, left.top],
                [right.x, right.top],
                [right.x, right.bottom],
                [left.x, left.bottom],
              ].join(' ')}
            />
            <path d={`M${left.x} ${left.top}V${left.bottom}M${right.x} ${right.top}V${right.bottom}`} />
          </g>
        ))}
      <line ref={line} className={styles.line} data-cursor="" style={{ display: 'none' }} />
    </svg>
  );
}
