/** The signs above bars that do not add up: on the photo, and in the engraved score. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { StaffPlace } from '../../inference/tromr/reading.ts';
import styles from './bar-signs.module.css';
import { type BarCheck, barText, checksOf } from './checks.ts';
import { findEngraved } from './engraved.ts';
import { frameAt } from './marks.ts';
import photo from './photo-signs.module.css';
import type { Session } from './session.ts';
import { type ShownPage, type StaffState, staffSpace } from './staves.ts';
import { isRead, type Piece } from './store.ts';

const NONE: readonly BarCheck[] = [];

function barsOf(piece: Piece | null): readonly BarCheck[] {
  if (!isRead(piece)) return NONE;
  return checksOf(piece).filter((check) => check.kind === 'bar');
}

/** For the drawing over the photo; `unit` is a pixel of the screen in pixels of the photo. */
export function PhotoBarSigns({
  session,
  shown,
  staves,
  unit,
}: {
  session: Session;
  shown: ShownPage;
  staves: readonly StaffState[];
  unit: number;
}) {
  const piece = useStore(session.store, (state) => state.piece);
  const bars = useMemo(() => barsOf(piece).filter(({ place }) => place.page === shown.id), [piece, shown.id]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing takes no focus, and the inspector says the same
    <g className={photo.signs} aria-hidden="true">
      {bars.map((bar) => {
        const staff = staves[bar.place.staff];
        const tokens = shown.staves[bar.place.staff] ?? [];
        if (!staff) return null;
        const [left, right] = [tokens[bar.from]?.token.x, tokens[bar.to]?.token.x];
        const ends = barEnds(staff.place, left ?? tokens[0]?.token.x, right);
        return (
          <g key={`${bar.place.staff} ${bar.from} ${bar.to} ${bar.missing}`}>
            <path d={ends.path} strokeWidth={ends.space * 0.18} />
            <text
              textAnchor="middle"
              x={ends.x}
              y={ends.y}
              fontSize={Math.max(1.5 * ends.space, 12 * unit)}
              strokeWidth={4 * unit}
            >
              {barText(bar)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** A bracket over a bar, and where its words stand. */
function barEnds(place: StaffPlace, from: number | undefined, to: number | undefined) {
  const space = staffSpace(place);
  const [x, , width] = place.box;
  const left = (from ?? x) + 0.6 * space;
  const right = Math.max((to ?? x + width) - 0.6 * space, left + 2 * space);
  const top = (at: number) => {
    const frame = frameAt(place, at);
    return frame.middle - 4 * frame.space;
  };
  const [a, b, middle] = [top(left), top(right), (left + right) / 2];
  const foot = 0.7 * space;
  return {
    space,
    x: middle,
    y: top(middle) - 0.6 * space,
    path: `M${left} ${a + foot}V${a}L${right} ${b}V${b + foot}`,
  };
}

/** How far a sign hangs over its place anyway, and how far above the staff it may go, px. */
const CLEAR = 6;
const HIGHEST = 40;
/** Beside another bar's a sign is no wider than its own bar; but wide enough to press, px. */
const NARROWEST = 40;

type Sign = { bar: BarCheck; x: number; y: number; width: number };

/** Over the engraved lines: each sign is a button that leads to the bar. `engraving` is anew when the lines are. */
export function ScoreBarSigns({
  session,
  pane,
  engraving,
}: {
  session: Session;
  pane: React.RefObject<HTMLElement | null>;
  engraving: object;
}) {
  const piece = useStore(session.store, (state) => state.piece);
  const [signs, setSigns] = useState<Sign[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engraving puts bars elsewhere
  useEffect(() => {
    const around = pane.current;
    if (!around || !piece) return;
    const place = () => setSigns(barsOf(piece).flatMap((bar) => signOf(around, piece, bar) ?? []));
    place();
    const observer = new ResizeObserver(place);
    for (const child of around.children) observer.observe(child);
    return () => observer.disconnect();
  }, [pane, piece, engraving]);
  return signs.map(({ bar, x, y, width }, _, all) => (
    <button
      key={`${bar.place.page} ${bar.place.staff} ${bar.from} ${bar.missing}`}
      type="button"
      className={styles.score}
      style={{
        left: x,
        top: y,
        maxWidth: all.some((other) => other.bar !== bar && areBeside(other, { x, y, width }))
          ? Math.max(width, NARROWEST)
          : undefined,
      }}
      title={barText(bar)}
      onClick={(event) => {
        event.stopPropagation();
        session.select(bar.place);
      }}
    >
      {barText(bar)}
    </button>
  ));
}

type Spread = Pick<Sign, 'x' | 'y' | 'width'>;

/** Whether two signs belong to bars that touch, in the same line. */
function areBeside(a: Spread, b: Spread): boolean {
  return Math.abs(a.y - b.y) < 2 * NARROWEST && Math.abs(a.x - b.x) < (a.width + b.width) / 2 + NARROWEST;
}

/** Above the staff of the bar that the sign's symbol stands in, in px of the pane's content. */
function signOf(pane: HTMLElement, piece: Piece, bar: BarCheck): Sign | null {
  const element = findEngraved(pane, piece, bar.place);
  const staff = element?.closest('.measure')?.contains(element) ? element.closest('.staff') : null;
  if (!staff) return null;
  const line = staff.querySelector('path') ?? staff;
  const [frame, box, notes] = [pane, line, staff].map((one) => one.getBoundingClientRect());
  if (!frame || !box || !notes) return null;
  return {
    bar,
    width: box.width,
    x: box.left + box.width / 2 - frame.left + pane.scrollLeft,
    // Over the notes, if they do not reach far up.
    y: Math.max(Math.min(box.top, notes.top + CLEAR), box.top - HIGHEST) - frame.top + pane.scrollTop,
  };
}
