import { useStore } from 'zustand';
import { decimal } from '../numbers.ts';
import { words } from '../words.ts';
import type { Session } from './session.ts';
import { isPrinted } from './staves.ts';
import { isRead, type Piece } from './store.ts';

const { stages, staves, symbols, ready } = words.read;

/** Says the stages of reading to screen readers, one sentence a stage and not one a symbol. */
export function Announcer({ session }: { session: Session }) {
  const text = useStore(session.store, ({ work, piece }) => {
    if (work)
      return work.step === 'photo'
        ? stages.photo
        : `${stages[work.step]}, ${staves(piece ? countStaves(piece) : 0)}`;
    return isRead(piece) ? readyText(piece) : '';
  });
  return (
    <p className="visually-hidden" role="status">
      {text}
    </p>
  );
}

function countStaves({ pages }: Piece): number {
  return pages.reduce((sum, { staves: own }) => sum + own.length, 0);
}

/** What was read, and in what time. */
export function readyText(piece: Piece): string {
  const count = piece.pages
    .flatMap(({ staves: own }) => own)
    .reduce((sum, { firm }) => sum + firm.filter(isPrinted).length, 0);
  const took = piece.pages.reduce((sum, page) => sum + page.took, 0);
  return ready(staves(countStaves(piece)), symbols(count), decimal(took / 1000, 1));
}
