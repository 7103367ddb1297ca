import { memo, type ReactNode, useMemo } from 'react';
import type { StaffPlace } from '../../inference/tromr/reading.ts';
import { soundingAlters } from '../../notation/accidentals.ts';
import { words } from '../words.ts';
import { type Mark, staffMarks } from './marks.ts';
import styles from './overlay.module.css';
import { round, ShapeOf } from './shape.tsx';
import { type ShownPage, type ShownToken, type StaffState, type SymbolPlace, staffSpace } from './staves.ts';
import { symbolWords, useNoteNaming } from './symbol-words.ts';
import type { Size } from './zoom.ts';

export function symbolId({ page, staff, token }: SymbolPlace): string {
  return `symbol-${page}-${staff}-${token}`;
}

/** Staves and symbols in pixels of the photo. */
export function Overlay({
  size,
  staves,
  shown,
  selected,
  children,
}: {
  size: Size;
  staves: readonly StaffState[];
  shown: ShownPage;
  selected: SymbolPlace | null;
  children?: ReactNode;
}) {
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${size.width} ${size.height}`} role="presentation">
      {staves.map(({ place }, staff) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a staff is known by its number
        <StaffOutline key={staff} place={place} hasSymbols={(shown.staves[staff]?.length ?? 0) > 0} />
      ))}
      {staves.map(({ place }, staff) => (
        <StaffSymbols
          // biome-ignore lint/suspicious/noArrayIndexKey: a staff is known by its number
          key={staff}
          page={shown.id}
          staff={staff}
          place={place}
          shown={shown.staves[staff] ?? NOTHING}
          selected={selected?.page === shown.id && selected.staff === staff ? selected.token : null}
        />
      ))}
      {children}
    </svg>
  );
}

/** The five lines as they were followed, and a thin frame around them. */
const StaffOutline = memo(function StaffOutline({
  place,
  hasSymbols,
}: {
  place: StaffPlace;
  hasSymbols: boolean;
}) {
  const space = staffSpace(place);
  const [top = [], ...rest] = place.lines;
  const bottom = rest.at(-1) ?? top;
  const outline = [
    ...top.map(([x, y]) => `${x},${y - space}`),
    ...bottom.toReversed().map(([x, y]) => `${x},${y + space}`),
  ];
  return (
    <g className={styles.staff} data-quiet={hasSymbols}>
      <polygon points={outline.join(' ')} strokeWidth={space * 0.12} />
      {place.lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <polyline key={i} points={line.map(([x, y]) => `${x},${y}`).join(' ')} strokeWidth={space * 0.1} />
      ))}
    </g>
  );
});

const NOTHING: readonly ShownToken[] = [];

const StaffSymbols = memo(function StaffSymbols({
  page,
  staff,
  place,
  shown,
  selected,
}: {
  page: string;
  staff: number;
  place: StaffPlace;
  shown: readonly ShownToken[];
  selected: number | null;
}) {
  const marks = useMemo(() => staffMarks(place, shown), [place, shown]);
  const alters = useMemo(() => soundingAlters(shown.map(({ token }) => token)).alters, [shown]);
  useNoteNaming();
  if (marks.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options within a drawing
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: as above
    <g role="group" aria-label={words.read.photo.staff(staff + 1)}>
      {marks.map((mark) => (
        <SymbolMark
          key={`${mark.shown.state} ${mark.shown.index}`}
          id={symbolId({ page, staff, token: mark.shown.index })}
          mark={mark}
          label={symbolWords(mark.shown.token, alters.get(mark.shown.index))}
          selected={mark.shown.index === selected}
        />
      ))}
    </g>
  );
});

const SymbolMark = memo(
  function SymbolMark({
    id,
    mark,
    label,
    selected,
  }: {
    id: string;
    mark: Mark;
    label: string;
    selected: boolean;
  }) {
    const { shown, x, y, angle, space, around, certainty } = mark;
    return (
      <g
        id={id}
        className={styles.symbol}
        role="option"
        aria-selected={selected}
        aria-label={label}
        data-state={shown.state}
        data-changed={shown.changed}
        data-certainty={certainty}
        transform={`translate(${round(x)} ${round(y)}) rotate(${round(angle)}) scale(${round(space)})`}
      >
        {selected && <circle className={styles.ring} cy={around.y} r={around.r + 0.5} />}
        {certainty !== 'sure' && shown.state === 'firm' && (
          <circle className={styles.doubt} cy={around.y} r={around.r} />
        )}
        {mark.shapes.map((shape, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no other name
          <ShapeOf key={i} shape={shape} />
        ))}
      </g>
    );
  },
  (before, after) =>
    before.selected === after.selected &&
    before.label === after.label &&
    before.mark.shown.token === after.mark.shown.token &&
    before.mark.shapes.length === after.mark.shapes.length &&
    before.mark.shown.changed === after.mark.shown.changed,
);
