import { useStore } from 'zustand';
import { words } from '../words.ts';
import type { Session } from './session.ts';

const { stages, staves, symbols, ready } = words.read;

/** Says the stages of reading to screen readers, one sentence a stage and not one a symbol. */
export function Announcer({ session }: { session: Session }) {
  const text = useStore(session.store, ({ work, piece }) => {
    if (work)
      return work.step === 'photo'
        ? stages.photo
        : `${stages[work.step]}, ${staves(piece?.staves.length ?? 0)}`;
    if (!piece?.page) return '';
    return ready(staves(piece.staves.length), symbols(countSymbols(piece)), (piece.took / 1000).toFixed(1));
  });
  return (
    <p className="visually-hidden" role="status">
      {text}
    </p>
  );
}

export function countSymbols(piece: { staves: readonly { firm: readonly { rhythm: string }[] }[] }): number {
  return piece.staves.reduce(
    (sum, { firm }) => sum + firm.filter(({ rhythm }) => rhythm !== 'chord').length,
    0,
  );
}
