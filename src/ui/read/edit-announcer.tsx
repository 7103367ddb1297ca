import { useEffect, useState } from 'react';
import type { Edits } from '../../notation/edit/commands.ts';
import { words } from '../words.ts';
import type { Session } from './session.ts';

const { edit: say } = words;

/** Says to screen readers what an edit did beyond the selected symbol, which the inspector says itself. */
export function EditAnnouncer({ session }: { session: Session }) {
  const [text, setText] = useState('');
  useEffect(
    () =>
      session.store.subscribe(({ piece }, before) => {
        if (!piece || piece.id !== before.piece?.id || piece.edits === before.piece.edits) return;
        setText(wordsOf(before.piece.edits, piece.edits));
      }),
    [session],
  );
  return (
    <p className="visually-hidden" role="status">
      {text}
    </p>
  );
}

function wordsOf(before: Edits, after: Edits): string {
  if (after.commands === before.commands) return after.done < before.done ? say.undone : say.redone;
  const last = after.commands.at(-1);
  return last?.kind === 'fix' && last.places.length > 1 ? say.alikeDone(last.places.length) : '';
}
