import type { KeyboardEvent, PointerEvent } from 'react';
import { words } from '../words.ts';
import styles from './grip.module.css';

const MIN = 20;
const MAX = 80;
const STEP = 5;

/** The line between the panes: dragged, or moved by the arrow keys. `split` is the photo's share in percent. */
export function Grip({ split, onSplit }: { split: number; onSplit: (split: number) => void }) {
  const move = (to: number) => onSplit(Math.round(Math.min(Math.max(to, MIN), MAX)));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    const stacked = event.currentTarget.offsetWidth > event.currentTarget.offsetHeight;
    move(100 * (stacked ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width));
  };
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft' || key === 'ArrowUp') move(split - STEP);
    if (key === 'ArrowRight' || key === 'ArrowDown') move(split + STEP);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is no thematic break
    <div
      className={styles.grip}
      data-part="grip"
      role="separator"
      tabIndex={0}
      aria-label={words.read.grip}
      aria-valuenow={split}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
