import { type MouseEvent, useId, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import { About } from './about.tsx';
import styles from './bar.module.css';
import { addressOf, CONTROLS, INITIAL_CONTROLS, runText, VIEWS, type ViewName } from './controls.ts';
import { useControls } from './rail.tsx';
import { useControl, useRoom } from './rank-room.ts';
import { Tour } from './tour.tsx';

const say = words.rank;

/** The views, and what holds for all of them: the seed, the pinned run, the link. */
export function Bar({ views }: { views: readonly ViewName[] }) {
  const { hidden } = useRoom();
  return (
    <div className={styles.bar}>
      {!hidden.has('view') && <Views views={views} />}
      <div className={styles.actions}>
        {!hidden.has('seed') && <Seed />}
        {!hidden.has('pin') && <Pin />}
        <Share />
        <About />
        <Tour />
      </div>
    </div>
  );
}

function Views({ views }: { views: readonly ViewName[] }) {
  const controls = useControls();
  const { set } = useRoom();
  const go = (event: MouseEvent, view: ViewName) => {
    // A new tab or window is the browser's own business.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set({ view });
  };
  return (
    <nav className={styles.views} aria-label={say.views.label}>
      {VIEWS.filter((view) => views.includes(view)).map((view) => (
        <a
          key={view}
          href={addressOf({ ...controls, view }, location.search) || location.pathname}
          aria-current={controls.view === view ? 'page' : undefined}
          onClick={(event) => go(event, view)}
        >
          {say.views[view]}
        </a>
      ))}
    </nav>
  );
}

/** Takes a whole number when it is one within the limits; what is half typed stays as it is. */
function Seed() {
  const { set } = useRoom();
  const seed = useControl('seed');
  const inert = say.seedInert[useControl('view')];
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={styles.seed} data-inert={inert !== ''} title={inert || undefined}>
      {say.seed}
      <input
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? seed}
        aria-describedby={inert ? id : undefined}
        aria-invalid={typed !== null && CONTROLS.seed.read(typed) === null}
        onChange={({ target }) => {
          setTyped(target.value);
          const read = /^\d+$/.test(target.value) ? CONTROLS.seed.read(target.value) : null;
          if (read !== null) set({ seed: read });
        }}
        onBlur={() => setTyped(null)}
      />
      {inert && (
        <span id={id} className="visually-hidden">
          {inert}
        </span>
      )}
    </label>
  );
}

function Pin() {
  const controls = useControls();
  const { set } = useRoom();
  if (controls.view !== 'teach') return null;
  const pinned = controls.pin !== '';
  return (
    <Button
      aria-pressed={pinned}
      title={say.pinHint}
      onClick={() => set({ pin: pinned ? INITIAL_CONTROLS.pin : runText(controls) })}
    >
      {pinned ? say.unpin : say.pin}
    </Button>
  );
}

function Share() {
  const controls = useControls();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const share = async () => {
    const link = new URL(addressOf(controls, location.search), location.origin + location.pathname);
    try {
      await navigator.clipboard.writeText(link.href);
      setState('copied');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('idle'), 4000);
  };
  return (
    <>
      <Button onClick={() => void share()}>{state === 'copied' ? say.shared : say.share}</Button>
      <span role="status" className="visually-hidden">
        {state === 'copied' ? say.shared : state === 'failed' ? say.shareFailed : ''}
      </span>
    </>
  );
}
