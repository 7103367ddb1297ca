import { type TouchEvent, useRef } from 'react';
import { useNarrow } from './use-narrow.ts';

/** A swipe is this long, px, and twice as wide as high. */
const LENGTH = 56;

/** On a phone, a swipe over what carries these handlers goes to the next or the last one of several. */
export function useSwipeThrough<T>(all: readonly T[], at: T, go: (next: T) => void) {
  const narrow = useNarrow();
  return useSwipe((by) => {
    const next = all[all.indexOf(at) + by];
    if (narrow && next !== undefined) go(next);
  });
}

/** Hears swipes to the left (+1) and to the right (−1); those that begin where a chart is read from side to side are its own. */
function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart({ touches, target }: TouchEvent) {
      const touch = touches[0];
      const isReader =
        target instanceof Element && target.closest('[role="slider"]:not([data-list="true"])') !== null;
      start.current =
        touch && touches.length === 1 && !isReader ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const touch = changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!touch || !from) return;
      const [dx, dy] = [touch.clientX - from.x, touch.clientY - from.y];
      if (Math.abs(dx) >= LENGTH && Math.abs(dx) > 2 * Math.abs(dy)) onSwipe(dx < 0 ? 1 : -1);
    },
  };
}
