import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { isConvex, type Quad } from '../../page/homography.ts';
import type { Point } from '../../page/image.ts';
import { straighten } from '../../workers/straighten-client.ts';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './corners.module.css';
import type { IntakeOf, Target } from './intake.ts';
import type { Photo } from './session.ts';

const say = words.corners;

/** Corners as parts of the picture's sides, from the upper left one clockwise. */
const WHOLE: Quad = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];
/** What an arrow key moves a corner by, and with Shift. */
const STEP = 0.0025;
const LEAP = 0.025;
const KEYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The four corners of the page are set by hand; then the page is straightened and read (again). */
export default function Corners({
  intake,
  photo,
  start,
  target,
}: {
  intake: IntakeOf;
  photo: Photo;
  start: Quad;
  target: Target;
}) {
  const [quad, setQuad] = useState(start);
  const [state, setState] = useState<'setting' | 'working' | 'failed'>('setting');
  const url = useObjectUrl(photo.photo);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  const sound = isConvex(quad);

  const use = async () => {
    setState('working');
    const straight = await straighten(photo.photo, quad).catch(() => null);
    if (left.current) return;
    if (!straight) return setState('failed');
    intake.close();
    intake.take([{ photo: straight, name: photo.name }], target);
  };
  const move = (index: number, { x, y }: Point) =>
    setQuad(withCorner(quad, index, { x: within(x), y: within(y) }));

  return (
    <Dialog.Root open onOpenChange={(open) => !open && intake.close()}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.editor}>
          <header className={styles.top}>
            <Dialog.Title className={styles.title}>{say.title}</Dialog.Title>
            <Dialog.Description className={styles.hint}>{say.hint}</Dialog.Description>
          </header>
          <div className={styles.table}>
            <div className={styles.sheet}>
              <img className={styles.picture} src={url} alt="" draggable={false} />
              <svg className={styles.lines} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <polygon
                  points={quad.map(({ x, y }) => `${x},${y}`).join(' ')}
                  data-sound={sound}
                  vectorEffect="non-scaling-stroke"
                />
              </svg>
              {quad.map((corner, index) => (
                <Handle
                  key={say.names[index]}
                  name={say.names[index] ?? ''}
                  corner={corner}
                  onMove={(to) => move(index, to)}
                />
              ))}
            </div>
          </div>
          <footer className={styles.foot}>
            <p className={styles.said} role="status">
              {state === 'working' ? say.working : state === 'failed' ? say.failed : sound ? '' : say.crossed}
            </p>
            <Button look="plain" onClick={() => setQuad(WHOLE)}>
              {say.whole}
            </Button>
            <Dialog.Close render={<Button>{say.cancel}</Button>} />
            <Button look="primary" disabled={!sound || state === 'working'} onClick={() => void use()}>
              {say.use}
            </Button>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A corner to drag, or to move with the arrow keys. */
function Handle({ name, corner, onMove }: { name: string; corner: Point; onMove: (to: Point) => void }) {
  const grip = useRef<Point | null>(null);
  const percent = (part: number) => Math.round(1000 * part) / 10;
  const placeOf = (event: PointerEvent<HTMLElement>): Point => {
    const sheet = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!sheet) return corner;
    return { x: (event.clientX - sheet.left) / sheet.width, y: (event.clientY - sheet.top) / sheet.height };
  };
  const press = (event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LEAP : STEP;
    onMove({ x: corner.x + step * way.x, y: corner.y + step * way.y });
  };
  return (
    <button
      type="button"
      className={styles.handle}
      style={{ left: `${100 * corner.x}%`, top: `${100 * corner.y}%` }}
      aria-label={`${name}, ${say.at(percent(corner.x), percent(corner.y))}`}
      onKeyDown={press}
      onPointerDown={(event) => {
        const at = placeOf(event);
        // The finger keeps its distance from the corner, so that it does not hide it.
        grip.current = { x: at.x - corner.x, y: at.y - corner.y };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!grip.current) return;
        const at = placeOf(event);
        onMove({ x: at.x - grip.current.x, y: at.y - grip.current.y });
      }}
      onPointerUp={() => {
        grip.current = null;
      }}
      onPointerCancel={() => {
        grip.current = null;
      }}
    />
  );
}

function within(part: number): number {
  return Math.min(1, Math.max(0, part));
}

function withCorner([a, b, c, d]: Quad, index: number, to: Point): Quad {
  return [index === 0 ? to : a, index === 1 ? to : b, index === 2 ? to : c, index === 3 ? to : d];
}

function useObjectUrl(blob: Blob): string {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
