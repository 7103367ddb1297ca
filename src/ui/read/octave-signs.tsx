/** Octave lines that were seen: nothing is shifted by them, which is said where they are and under the score. */
import { useStore } from 'zustand';
import type { OctaveLine } from '../../inference/tromr/reading.ts';
import { words } from '../words.ts';
import styles from './octave-signs.module.css';
import photo from './photo-signs.module.css';
import type { Session } from './session.ts';
import { isPrinted, type StaffState, staffSpace } from './staves.ts';
import type { Page, Piece } from './store.ts';

const { octave: say } = words.read;

/** The staves of a page with the octave lines seen at them. */
function octaveLinesOf({ reading }: Pick<Page, 'reading'>): readonly (readonly OctaveLine[])[] {
  return reading?.systems.flatMap(({ staves }) => staves.map(({ octaveLines = [] }) => octaveLines)) ?? [];
}

/** For the drawing over the photo; `unit` is a pixel of the screen in pixels of the photo. */
export function PhotoOctaveSigns({ page, unit }: { page: Page; unit: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing takes no focus, and the note under the score says the same
    <g className={photo.signs} aria-hidden="true">
      {octaveLinesOf(page).flatMap((lines, staff) =>
        lines.map(({ side, from, to }) => {
          const space = page.staves[staff] ? staffSpace(page.staves[staff].place) : 1;
          const lift = (side === 'above' ? -1 : 1) * 1.4 * space;
          return (
            <g key={String(from)}>
              <path d={`M${from[0]} ${from[1] + lift}L${to[0]} ${to[1] + lift}`} strokeWidth={0.18 * space} />
              <text
                // Near the right edge the words run to the left.
                textAnchor={isFarRight(page, from) ? 'end' : 'start'}
                x={isFarRight(page, from) ? to[0] : from[0]}
                y={from[1] + lift + (side === 'above' ? -0.5 : 1.6) * space}
                fontSize={Math.max(1.5 * space, 12 * unit)}
                strokeWidth={4 * unit}
              >
                {say.sign(side)}
              </text>
            </g>
          );
        }),
      )}
    </g>
  );
}

function isFarRight({ size }: Page, [x]: [number, number]): boolean {
  return size !== null && x > 0.7 * size.width;
}

/** Under the score, one line for each: it leads to the first note under the octave line. */
export function OctaveNotes({ session, className }: { session: Session; className: string | undefined }) {
  const piece = useStore(session.store, (state) => state.piece);
  const notes = octavePlaces(piece);
  if (notes.length === 0) return null;
  return (
    <ul className={`${className ?? ''} ${styles.notes}`} aria-label={say.label}>
      {notes.map(({ page, staff, token, line }) => (
        <li key={`${page.id} ${staff} ${line.from}`}>
          {say.seen(line.side, staff + 1, (piece?.pages.indexOf(page) ?? 0) + 1, piece?.pages.length ?? 1)}{' '}
          {token !== null && (
            <button
              type="button"
              onClick={(event) => {
                event.stopPropagation();
                session.showPage(page.id);
                session.select({ page: page.id, staff, token });
              }}
            >
              {say.show}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

type OctavePlace = { page: Page; staff: number; token: number | null; line: OctaveLine };

function octavePlaces(piece: Piece | null): OctavePlace[] {
  return (piece?.pages ?? []).flatMap((page) =>
    octaveLinesOf(page).flatMap((lines, staff) =>
      lines.map((line) => ({ page, staff, token: firstUnder(page.staves[staff], line), line })),
    ),
  );
}

/** The first symbol under a line, by its index in the staff's tokens; null if none is. */
function firstUnder(staff: StaffState | undefined, { from, to }: OctaveLine): number | null {
  const at =
    staff?.firm.findIndex(
      (token) => isPrinted(token) && token.x >= from[0] - staffSpace(staff.place) && token.x <= to[0],
    ) ?? -1;
  return at < 0 ? null : at;
}
