/** Correcting on the desk: actions become commands of the session, keys become actions. */
import type { Command } from '../../notation/edit/commands.ts';
import { lineAt, type SymbolPlace, samePlace } from '../../notation/edit/edited.ts';
import { isNote } from '../../notation/token.ts';
import { checksOf, nextCheck } from './checks.ts';
import { type Action, commandOf } from './edit-actions.ts';
import { type Key, meaningOf } from './edit-keys.ts';
import { editedLines, lastFixOf, outcomeOf } from './edited.ts';
import type { Session } from './session.ts';
import { type Direction, neighbour, type ShownPage } from './staves.ts';

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

/** What is asked of a key event, the window's or React's. */
type Pressed = Key & { target: EventTarget | null; defaultPrevented: boolean; preventDefault(): void };

/** Whether a key pressed there belongs to what has the focus: fields, menus and sliders have their own. */
function isTaken({ target, key }: Pressed): boolean {
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
  event: Pressed,
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
      session.select(moved(session, shown, meaning.direction));
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

/** Where a direction leads from the selected symbol; at the ends of a page to the next or the one before. */
export function moved(session: Session, shown: ShownPage, direction: Direction): SymbolPlace | null {
  const { piece, selected } = session.store.getState();
  const place = neighbour(shown, selected, direction);
  const by = direction === 'left' ? -1 : direction === 'right' ? 1 : undefined;
  if (!piece || !selected || by === undefined || !samePlace(place, selected)) return place;
  const pages = editedLines(piece);
  const page = pages[pages.findIndex(({ id }) => id === selected.page) + by];
  const staves = page?.systems.flatMap((system) => system.staves) ?? [];
  const staff =
    by > 0 ? staves.findIndex((line) => line.length > 0) : staves.findLastIndex((line) => line.length > 0);
  if (!page || staff < 0) return place;
  return { page: page.id, staff, token: by > 0 ? 0 : (staves[staff]?.length ?? 1) - 1 };
}

/** The selected symbol is right as it is: on to what was next to check while it still was in doubt. */
function rightAndNext(session: Session): void {
  const { piece, selected } = session.store.getState();
  const next = piece && nextCheck(checksOf(piece), selected);
  act(session, { kind: 'fix', fix: { kind: 'right' } });
  if (next) session.select(next.place);
}
