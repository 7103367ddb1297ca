import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { addressOf, type ControlName, type Controls, hiddenControls, readControls } from './controls.ts';
import type { TeachSession } from './session.ts';

/** What all views of the room share. */
export type RankRoom = {
  controls: StoreApi<Controls>;
  /** Changes controls; the address follows. */
  set(change: Partial<Controls>): void;
  /** Controls that an embedding page hides. */
  hidden: ReadonlySet<ControlName>;
  /** The runs of the Teach view. */
  teach: TeachSession;
};

export const RoomContext = createContext<RankRoom | null>(null);

export function useRoom(): RankRoom {
  const room = useContext(RoomContext);
  if (!room) throw new Error('This part stands outside of the room.');
  return room;
}

export function useControl<K extends ControlName>(name: K): Controls[K] {
  return useStore(useRoom().controls, (controls) => controls[name]);
}

/** The address bar; tests put another in its place. */
export type AddressPort = {
  search(): string;
  replace(query: string): void;
  push(query: string): void;
  onBack(listener: () => void): void;
  /** Runs a task a little later, once for many calls. */
  later(task: () => void): void;
};

/** Changes of these make a new entry in the browser's history. */
const TURNS: readonly ControlName[] = ['view', 'pin'];

/** The controls as the address has them, and the address as the controls have it. */
export function createControls(address: AddressPort): Pick<RankRoom, 'controls' | 'set' | 'hidden'> {
  const controls = createStore<Controls>(() => readControls(address.search()));
  address.onBack(() => controls.setState(readControls(address.search()), true));
  return {
    controls,
    hidden: hiddenControls(address.search()),
    set(change) {
      const before = controls.getState();
      controls.setState(change);
      const after = controls.getState();
      if (TURNS.some((name) => before[name] !== after[name])) {
        address.push(addressOf(after, address.search()));
      } else address.later(() => address.replace(addressOf(controls.getState(), address.search())));
    },
  };
}

/** Safari takes a hundred changes of the address in half a minute. */
const PAUSE = 350;

export function browserAddress(): AddressPort {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const go = (how: 'replaceState' | 'pushState', query: string) => {
    clearTimeout(waiting);
    history[how](null, '', `${location.pathname}${query}${location.hash}`);
  };
  return {
    search: () => location.search,
    replace: (query) => go('replaceState', query),
    push: (query) => go('pushState', query),
    onBack: (listener) => addEventListener('popstate', listener),
    later(task) {
      clearTimeout(waiting);
      waiting = setTimeout(task, PAUSE);
    },
  };
}
