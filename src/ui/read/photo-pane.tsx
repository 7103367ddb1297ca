import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../kit/button.tsx';
import { words } from '../words.ts';
import { PhotoBarSigns } from './bar-signs.tsx';
import { PhotoOctaveSigns } from './octave-signs.tsx';
import { Overlay, symbolId } from './overlay.tsx';
import { PhotoCursor } from './photo-cursor.tsx';
import styles from './photo-pane.module.css';
import type { Playing } from './playing.ts';
import type { Session } from './session.ts';
import { nearestSymbol, type ShownPage, staffSpace } from './staves.ts';
import { pageShown } from './store.ts';
import { usePanZoom } from './use-pan-zoom.ts';
import { type Spot, toPage, type View } from './zoom.ts';

const { photo: say } = words.read;

/** How far from a symbol one may tap, px of the pane. */
const REACH = 28;

/** The photo, its staves and symbols; it is zoomed and moved by wheel, fingers, keys and buttons. */
export function PhotoPane({
  session,
  playing,
  shown,
  className,
}: {
  session: Session;
  playing: Playing;
  shown: ShownPage;
  className: string | undefined;
}) {
  const piece = useStore(session.store, (state) => state.piece);
  const page = useStore(session.store, pageShown);
  const selected = useStore(session.store, (state) => state.selected);
  const [faded, setFaded] = useState(true);
  const [box, setBox] = useState<HTMLElement | null>(null);
  const size = page?.size ?? null;

  const tap = (spot: Spot, view: View, extend: boolean) => {
    const at = toPage(view, spot);
    const space = Math.max(...(page?.staves.map(({ place }) => staffSpace(place)) ?? [0]));
    const symbol = nearestSymbol(shown, at, Math.max(REACH / view.scale, 1.5 * space));
    if (!(extend && symbol && playing.loopTo(symbol))) session.select(symbol);
  };
  const { view, pane, zoom, showAll, show, isSeen } = usePanZoom(box, size, tap);

  const staves = page?.staves;
  const place = useMemo(() => {
    if (selected?.page !== shown.id) return null;
    const token = shown.staves[selected.staff]?.find(({ index }) => index === selected.token)?.token;
    const staff = staves?.[selected.staff];
    return token && staff ? { x: token.x, y: token.y, space: staffSpace(staff.place) } : null;
  }, [selected, shown, staves]);
  const showSelected = useRef(show);
  showSelected.current = show;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is opened beside the pane makes it smaller
  useEffect(() => {
    if (place) showSelected.current(place, place.space);
  }, [place, pane?.width, pane?.height]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'x') zoom(1.4);
    else if (event.key === 'z') zoom(1 / 1.4);
    else if (event.key === '0') showAll();
    else return;
    event.preventDefault();
  };

  if (!piece || !page) return null;
  const hasSymbols = shown.staves.some((tokens) => tokens.length > 0);
  return (
    <section className={`${styles.pane} ${className ?? ''}`} aria-label={say.label} data-part="photo">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role depends on what is on it */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: as above */}
      <div
        ref={setBox}
        className={styles.window}
        role={hasSymbols ? 'listbox' : 'img'}
        aria-label={hasSymbols ? say.symbols : say.image(piece.name)}
        aria-describedby={hasSymbols ? 'photo-hint' : undefined}
        aria-activedescendant={selected ? symbolId(selected) : undefined}
        tabIndex={0}
        onKeyDown={press}
      >
        {size && view && (
          <div
            className={styles.page}
            data-faded={faded && hasSymbols}
            style={{
              width: size.width * view.scale,
              height: size.height * view.scale,
              transform: `translate(${view.x}px, ${view.y}px)`,
            }}
          >
            <Picture
              url={session.pictureOf(page.id) ?? ''}
              rotation={page.rotation}
              width={size.width}
              height={size.height}
            />
            <Overlay size={size} staves={page.staves} shown={shown} selected={selected}>
              <PhotoBarSigns session={session} shown={shown} staves={page.staves} unit={1 / view.scale} />
              <PhotoOctaveSigns page={page} unit={1 / view.scale} />
            </Overlay>
            <PhotoCursor
              session={session}
              playing={playing}
              page={page.id}
              size={size}
              follow={(spot) => {
                if (!isSeen(spot)) show(spot, Number.POSITIVE_INFINITY);
              }}
            />
          </div>
        )}
      </div>
      <p id="photo-hint" className="visually-hidden">
        {say.hint}
      </p>
      <div className={styles.tools}>
        <IconButton icon="minus" name={say.zoomOut} onClick={() => zoom(1 / 1.6)} />
        <IconButton icon="plus" name={say.zoomIn} onClick={() => zoom(1.6)} />
        <IconButton icon="fit" name={say.fit} onClick={showAll} />
        <IconButton icon="fade" name={say.fade} aria-pressed={faded} onClick={() => setFaded(!faded)} />
      </div>
    </section>
  );
}

/** The photo itself, turned upright: a quarter turn swaps its sides. */
function Picture({
  url,
  rotation,
  width,
  height,
}: {
  url: string;
  rotation: number;
  width: number;
  height: number;
}) {
  const swapped = rotation % 180 !== 0;
  return (
    <img
      className={styles.picture}
      src={url}
      alt=""
      draggable={false}
      decoding="async"
      onError={(event) => {
        // The reader can open more than the browser shows.
        event.currentTarget.hidden = true;
      }}
      style={{
        width: swapped ? `${(100 * height) / width}%` : '100%',
        height: swapped ? `${(100 * width) / height}%` : '100%',
        transform: `translate(-50%, -50%) rotate(${rotation}deg)`,
      }}
    />
  );
}
