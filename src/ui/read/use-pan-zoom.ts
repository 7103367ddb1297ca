import { useEffect, useEffectEvent, useState } from 'react';
import { fitView, panBy, type Size, type Spot, showSpot, toPane, type View, zoomAt } from './zoom.ts';

/** Farther than this a finger drags, nearer it taps, px. */
const TAP = 6;
/** Lines closer than this are too small to check a symbol, px. */
const READABLE = 6;

/**
 * A page of some size in a box: moved by dragging, zoomed by wheel and two fingers, fitted anew when the box changes
 * until somebody zooms. `view` is null until both sizes are known.
 */
export function usePanZoom(
  box: HTMLElement | null,
  page: Size | null,
  onTap: (spot: Spot, view: View, extend: boolean) => void,
) {
  const [pane, setPane] = useState<Size | null>(null);
  const [moved, setMoved] = useState<View | null>(null);
  const width = page?.width;
  const height = page?.height;

  useEffect(() => {
    if (!box) return;
    const observer = new ResizeObserver(() => setPane({ width: box.clientWidth, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, [box]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page starts as a whole
  useEffect(() => setMoved(null), [width, height]);

  const view = page && pane ? (moved ? panBy(moved, 0, 0, page, pane) : fitView(page, pane)) : null;
  const change = (to: (view: View, page: Size, pane: Size) => View) => {
    if (page && pane)
      setMoved((now) => to(now ? panBy(now, 0, 0, page, pane) : fitView(page, pane), page, pane));
  };
  const zoomBy = useEffectEvent((factor: number, spot: Spot) =>
    change((now, ...sizes) => zoomAt(now, factor, spot, ...sizes)),
  );
  const pan = useEffectEvent((dx: number, dy: number) =>
    change((now, ...sizes) => panBy(now, dx, dy, ...sizes)),
  );
  const tap = useEffectEvent((spot: Spot, extend: boolean) => {
    if (view) onTap(spot, view, extend);
  });

  useEffect(() => {
    if (box) return listen(box, { zoomBy, pan, tap });
  }, [box]);

  return {
    view,
    pane,
    zoom: (factor: number) => pane && zoomBy(factor, { x: pane.width / 2, y: pane.height / 2 }),
    showAll: () => setMoved(null),
    /** Whether a spot of the page is in the pane. */
    isSeen(spot: Spot): boolean {
      if (!view || !pane) return true;
      const { x, y } = toPane(view, spot);
      return x >= 0 && y >= 0 && x <= pane.width && y <= pane.height;
    },
    /** Brings a spot of the page into sight, so near that a staff with lines `space` px apart can be read. */
    show: (spot: Spot, space: number) =>
      change((now, size, room) => {
        const near =
          now.scale * space < READABLE
            ? zoomAt(now, (1.6 * READABLE) / (now.scale * space), toPane(now, spot), size, room)
            : now;
        return showSpot(near, spot, size, room);
      }),
  };
}

type Handlers = {
  zoomBy: (factor: number, spot: Spot) => void;
  pan: (dx: number, dy: number) => void;
  /** `extend`: with the Shift key, from what is selected to here. */
  tap: (spot: Spot, extend: boolean) => void;
};

function listen(box: HTMLElement, { zoomBy, pan, tap }: Handlers): () => void {
  const fingers = new Map<number, Spot>();
  let travelled = 0;
  const spotOf = (event: MouseEvent): Spot => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    box.setPointerCapture(event.pointerId);
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, spotOf(event));
  };
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = spotOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (!other) {
      if (travelled > TAP) pan(now.x - before.x, now.y - before.y);
      return;
    }
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const spread = Math.hypot(now.x - other.x, now.y - other.y);
    const spreadBefore = Math.max(Math.hypot(before.x - other.x, before.y - other.y), 1);
    pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    zoomBy(spread / spreadBefore, middle);
  };
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    if (event.type === 'pointerup' && fingers.size === 0 && travelled <= TAP)
      tap(spotOf(event), event.shiftKey);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    // Lines of a mouse wheel, or pixels of a trackpad, where a pinch comes as ctrl + wheel.
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 32 : event.deltaY;
    zoomBy(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0018)), spotOf(event));
  };
  box.addEventListener('pointerdown', down);
  box.addEventListener('pointermove', move);
  box.addEventListener('pointerup', up);
  box.addEventListener('pointercancel', up);
  box.addEventListener('wheel', wheel, { passive: false });
  return () => {
    box.removeEventListener('pointerdown', down);
    box.removeEventListener('pointermove', move);
    box.removeEventListener('pointerup', up);
    box.removeEventListener('pointercancel', up);
    box.removeEventListener('wheel', wheel);
  };
}
