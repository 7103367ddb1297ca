/** Correcting on the desk: actions become commands of the session, keys become actions. */
import type { KeyboardEvent } from 'react';
import type { Command } from '../../notation/edit/commands.ts';
import { lineAt } from '../../notation/edit/edited.ts';
import { isNote } from '../../notation/token.ts';
import { checksOf, nextCheck } from './checks.ts';
import { type Action, commandOf } from './edit-actions.ts';
import { meaningOf } from './edit-keys.ts';
import { editedLines, lastFixOf, outcomeOf } from './edited.ts';
import type { Session } from './session.ts';
import { neighbour, type ShownPage } from './staves.ts';

/** What lies over the desk. */
export type Sheet = 'help' | 'sign' | null;

/** The command that an action would be now, if it would change anything. */
export function doing(session: Session, action: Action): Command | null {
  const { piece, selected } = session.store.getState();
  if (!piece || !selected) return null;
  const command = commandOf(action, editedLines(piece), selected, lastFixOf(piece));
  return command && outcomeOf(piece, command).changes ? command : null;
}

export function act(session: Session, action: Action): boolean {
  const command = doing(session, action);
  return command !== null && session.run(command);
}

/** Selects what is to be checked next. */
export function checkNext(session: Session): void {
  const { piece, selected } = session.store.getState();
  const next = piece && nextCheck(checksOf(piece), selected);
  if (next) session.select(next.place);
}

/** Whether a key pressed there belongs to what has the focus: fields, menus and sliders have their own. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, [role=menu], [role=dialog], [role=separator], [role=slider]'))
    return true;
  const isButton = target.closest('button, a, summary') !== null;
  const inToolbar = target.closest('[role=toolbar]') !== null;
  return (
    (isButton && ['Enter', ' '].includes(key)) ||
    (inToolbar && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key))
  );
}

/** Does what a key means. */
export function pressed(
  session: Session,
  shown: ShownPage,
  event: KeyboardEvent,
  onSheet: (sheet: Sheet) => void,
): void {
  if (event.defaultPrevented || isTaken(event)) return;
  const { piece, selected } = session.store.getState();
  const token = piece && selected && lineAt(editedLines(piece), selected)?.[selected.token];
  const meaning = meaningOf(event, token ? isNote(token) : false);
  if (!meaning) return;
  event.preventDefault();
  switch (meaning.kind) {
    case 'edit':
      act(session, meaning.action);
      break;
    case 'move':
      session.select(neighbour(shown, selected, meaning.direction));
      break;
    case 'undo':
      session.undo();
      break;
    case 'redo':
      session.redo();
      break;
    case 'next-check':
      checkNext(session);
      break;
    case 'right-and-next':
      rightAndNext(session);
      break;
    case 'sign':
      if (token) onSheet('sign');
      break;
    case 'help':
      onSheet('help');
      break;
    case 'nothing':
      session.select(null);
  }
}

/** The selected symbol is right as it is: on to what was next to check while it still was in doubt. */
function rightAndNext(session: Session): void {
  const { piece, selected } = session.store.getState();
  const next = piece && nextCheck(checksOf(piece), selected);
  act(session, { kind: 'fix', fix: { kind: 'right' } });
  if (next) session.select(next.place);
}
