import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

type Spot = { x: number; y: number };
type Box = { left: number; top: number; width: number; height: number };

/** How far a mouse moves before it drags, px; how long a finger rests, ms: until then it scrolls. */
const SLACK = 6;
const REST = 300;

/**
 * The place that one of a row of boxes has once it is dropped at a spot: how many of the others lie before it. The row
 * runs down, or across if its boxes stand side by side.
 */
export function dropPlace(boxes: readonly Box[], dragged: number, spot: Spot): number {
  const [first, second] = boxes;
  const across =
    first !== undefined && second !== undefined && second.left - first.left > second.top - first.top;
  const isBefore = ({ left, top, width, height }: Box) =>
    across ? left + width / 2 < spot.x : top + height / 2 < spot.y;
  return boxes.filter((box, i) => i !== dragged && isBefore(box)).length;
}

/** What is dragged and where it would go; both count from 0. */
export type Dragging = { id: string; from: number; to: number };

/**
 * Puts the items of a list in another order by dragging (a finger rests first), or with Alt and the arrow keys.
 * @param list its element children are the items, in the order of `ids`
 */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  move: (id: string, to: number) => void,
) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const press = useRef<{ spot: Spot; pointer: number; timer: number } | null>(null);
  // Several events may come before it is drawn anew.
  const now = useRef<Dragging | null>(null);
  const dropped = useRef(false);
  const refocus = useRef<string | null>(null);

  const boxes = () => [...(list.current?.children ?? [])].map((item) => item.getBoundingClientRect());
  const show = (next: Dragging | null) => {
    now.current = next;
    setDragging(next);
  };
  const stop = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
    show(null);
  };
  const drag = (id: string, spot: Spot) => {
    const from = ids.indexOf(id);
    show({ id, from, to: dropPlace(boxes(), from, spot) });
  };

  useEffect(() => {
    if (!dragging) return;
    // A finger that drags does not scroll, and no menu opens under it.
    const prevent = (event: Event) => event.preventDefault();
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    window.addEventListener('touchmove', prevent, { passive: false });
    window.addEventListener('contextmenu', prevent);
    window.addEventListener('keydown', cancel);
    return () => {
      window.removeEventListener('touchmove', prevent);
      window.removeEventListener('contextmenu', prevent);
      window.removeEventListener('keydown', cancel);
    };
  });

  // An element that is put elsewhere loses the focus.
  useEffect(() => {
    const at = refocus.current === null ? -1 : ids.indexOf(refocus.current);
    refocus.current = null;
    const item = list.current?.children[at];
    item?.querySelector('button')?.focus();
    item?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [list, ids]);

  /** For the handle of an item. */
  const handleOf = (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      dropped.current = false;
      if (event.button !== 0 || ids.length < 2) return;
      const spot = { x: event.clientX, y: event.clientY };
      const timer = event.pointerType === 'mouse' ? 0 : window.setTimeout(() => drag(id, spot), REST);
      press.current = { spot, pointer: event.pointerId, timer };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const held = press.current;
      if (!held || held.pointer !== event.pointerId) return;
      const spot = { x: event.clientX, y: event.clientY };
      const isFar = Math.hypot(spot.x - held.spot.x, spot.y - held.spot.y) > SLACK;
      if (now.current || (isFar && event.pointerType === 'mouse')) drag(id, spot);
      else if (isFar) stop();
    },
    onPointerUp: () => {
      const { current } = now;
      dropped.current = current !== null;
      if (current && current.to !== current.from) move(current.id, current.to);
      stop();
    },
    onPointerCancel: stop,
    /** The click that ends a drag opens nothing. */
    onClickCapture: (event: { stopPropagation: () => void }) => {
      if (dropped.current) event.stopPropagation();
      dropped.current = false;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      const to = ids.indexOf(id) + (by ?? 0);
      if (!event.altKey || by === undefined || to < 0 || to >= ids.length) return;
      event.preventDefault();
      refocus.current = id;
      move(id, to);
    },
    'aria-keyshortcuts': 'Alt+ArrowLeft Alt+ArrowRight',
  });
  return { dragging, handleOf };
}
