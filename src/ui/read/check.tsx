import { useStore } from 'zustand';
import { Button, IconButton } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './check.module.css';
import { barText, checksOf, nextCheck } from './checks.ts';
import { checkNext } from './edit-desk.ts';
import type { Session } from './session.ts';
import type { Piece } from './store.ts';

const { check: say, undo, redo } = words.edit;

/** Undo and redo, how much there is to check, and the way to the next of it. */
export function Check({ session, piece }: { session: Session; piece: Piece }) {
  const selected = useStore(session.store, (state) => state.selected);
  const checks = checksOf(piece);
  const bars = checks.filter(({ kind }) => kind === 'bar').length;
  const symbols = checks.length - bars;
  const next = nextCheck(checks, selected);
  return (
    <div className={styles.check}>
      <History session={session} piece={piece} />
      {checks.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <p>
            {say.count([
              ...(bars > 0 ? [say.bars(bars)] : []),
              ...(symbols > 0 ? [say.symbols(symbols)] : []),
            ])}
          </p>
          <Button onClick={() => checkNext(session)} title={next?.kind === 'bar' ? barText(next) : undefined}>
            {say.next}
          </Button>
        </>
      )}
    </div>
  );
}

function History({ session, piece: { edits } }: { session: Session; piece: Piece }) {
  if (edits.commands.length === 0) return null;
  return (
    <div className={styles.history}>
      <IconButton icon="undo" name={undo} disabled={edits.done === 0} onClick={session.undo} />
      <IconButton
        icon="redo"
        name={redo}
        disabled={edits.done === edits.commands.length}
        onClick={session.redo}
      />
    </div>
  );
}
