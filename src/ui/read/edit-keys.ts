import type { Action } from './edit-actions.ts';
import type { Direction } from './staves.ts';

/** What a key means while symbols are corrected. */
export type KeyMeaning =
  | { kind: 'edit'; action: Action }
  /** `staff`: up and down when the symbol has no pitch to change. */
  | { kind: 'move'; direction: Direction }
  | { kind: 'undo' | 'redo' | 'next-check' | 'right-and-next' | 'sign' | 'help' | 'nothing' };

export type Key = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean };

/** The meaning of a key; `hasPitch`: of the selected symbol. Undefined: none of ours. */
export function meaningOf(event: Key, hasPitch: boolean): KeyMeaning | undefined {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return undefined;
  if (control) return controlled(event, hasPitch);
  const { key } = event;
  const edit = (action: Action): KeyMeaning => ({ kind: 'edit', action });
  if (/^[1-9]$/.test(key)) return edit({ kind: 'alternative', number: Number(key) - 1 });
  // B is called H where German names are usual.
  if (/^[a-h]$/.test(key)) return edit({ kind: 'letter', letter: key === 'h' ? 'B' : key.toUpperCase() });
  if (/^[A-H]$/.test(key)) return edit({ kind: 'head', letter: key === 'H' ? 'B' : key });
  const known = NAMED[key] ?? NAMED[key.toLowerCase()];
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown': {
      const by = key === 'ArrowUp' ? 1 : -1;
      if (hasPitch) return edit({ kind: 'fix', fix: { kind: 'step', by } });
      return { kind: 'move', direction: by > 0 ? 'up' : 'down' };
    }
    case 'I':
      return edit({ kind: 'insert', what: 'rest' });
    case 'S':
      return edit({ kind: 'alike' });
    default:
      return known;
  }
}

const NAMED: Readonly<Record<string, KeyMeaning>> = {
  ArrowLeft: { kind: 'move', direction: 'left' },
  ArrowRight: { kind: 'move', direction: 'right' },
  PageUp: { kind: 'move', direction: 'up' },
  PageDown: { kind: 'move', direction: 'down' },
  Home: { kind: 'move', direction: 'first' },
  End: { kind: 'move', direction: 'last' },
  Enter: { kind: 'right-and-next' },
  Escape: { kind: 'nothing' },
  Delete: { kind: 'edit', action: { kind: 'delete' } },
  Backspace: { kind: 'edit', action: { kind: 'delete' } },
  '+': { kind: 'edit', action: { kind: 'lift', by: 1 } },
  '-': { kind: 'edit', action: { kind: 'lift', by: -1 } },
  '=': { kind: 'edit', action: { kind: 'natural' } },
  '.': { kind: 'edit', action: { kind: 'dot' } },
  '|': { kind: 'edit', action: { kind: 'insert', what: 'bar' } },
  '?': { kind: 'help' },
  q: { kind: 'edit', action: { kind: 'length', by: -1 } },
  w: { kind: 'edit', action: { kind: 'length', by: 1 } },
  t: { kind: 'edit', action: { kind: 'tie' } },
  v: { kind: 'edit', action: { kind: 'voice' } },
  r: { kind: 'edit', action: { kind: 'fix', fix: { kind: 'rest' } } },
  i: { kind: 'edit', action: { kind: 'insert', what: 'note' } },
  s: { kind: 'edit', action: { kind: 'again' } },
  k: { kind: 'sign' },
  n: { kind: 'next-check' },
};

function controlled({ key, shiftKey }: Key, hasPitch: boolean): KeyMeaning | undefined {
  switch (key.toLowerCase()) {
    case 'z':
      return { kind: shiftKey ? 'redo' : 'undo' };
    case 'y':
      return { kind: 'redo' };
    case 'arrowleft':
      return { kind: 'move', direction: 'bar-left' };
    case 'arrowright':
      return { kind: 'move', direction: 'bar-right' };
    case 'arrowup':
    case 'arrowdown': {
      const by = key.toLowerCase() === 'arrowup' ? 7 : -7;
      return hasPitch ? { kind: 'edit', action: { kind: 'fix', fix: { kind: 'step', by } } } : undefined;
    }
    default:
      return undefined;
  }
}
