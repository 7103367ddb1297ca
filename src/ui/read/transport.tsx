import { Popover } from '@base-ui/react/popover';
import { type ReactNode, useEffect, useId, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { Button, buttonClass, IconButton } from '../kit/button.tsx';
import { Icon, type IconName } from '../kit/icon.tsx';
import { type Player, type PlayState, TEMPO } from '../sound/player.ts';
import { words } from '../words.ts';
import { BeatNote } from './beat-note.tsx';
import { barsOfSpan, type Playing } from './playing.ts';
import type { Session } from './session.ts';
import styles from './transport.module.css';
import { SoundChoice, StavesHeard } from './transport-staves.tsx';

const { play: say } = words;
/** Below this the settings do not fit beside the buttons. */
const WIDE = '(min-width: 1180px)';

/** The left of the bar at the foot: play, stop, the time, and how it is played. */
export function Transport({ session, playing }: { session: Session; playing: Playing }) {
  const { player } = playing;
  const state = useStore(player.store, (one) => one.state);
  const nothing = useStore(player.store, ({ duration }) => duration === 0);
  const wide = useMedia(WIDE);
  useSpaceBar(player);
  const isPlaying = state === 'playing';
  const name = state === 'loading' ? say.loading : isPlaying ? say.pause : say.play;
  return (
    <section className={styles.transport} aria-label={say.label}>
      <IconButton
        icon={isPlaying ? 'pause' : 'play'}
        name={name}
        aria-busy={state === 'loading'}
        disabled={nothing}
        className={styles.play}
        onClick={player.toggle}
      />
      <IconButton icon="rewind" name={say.stop} disabled={nothing} onClick={player.stop} />
      <Time player={player} />
      {wide ? (
        <>
          <Tempo player={player} />
          <Settings icon="transpose" name={say.transpose.label} mark={<TransposeMark session={session} />}>
            <Transpose session={session} />
          </Settings>
          <LoopSettings session={session} playing={playing} />
          <Settings icon="staves" name={say.parts.label}>
            <StavesHeard playing={playing} />
            <SoundChoice player={player} />
          </Settings>
          <Metronome player={player} />
        </>
      ) : (
        <Settings icon="sliders" name={say.settings} mark={<TransposeMark session={session} />}>
          <Tempo player={player} />
          <Transpose session={session} />
          <Loop session={session} playing={playing} />
          <StavesHeard playing={playing} />
          <SoundChoice player={player} />
          <Metronome player={player} labelled />
        </Settings>
      )}
      <Problem player={player} />
    </section>
  );
}

/** Elapsed and whole time, at the tempo that is set. */
function Time({ player }: { player: Player }) {
  const at = useStore(player.store, (state) => seconds(state, state.at));
  const whole = useStore(player.store, (state) => seconds(state, state.duration));
  return (
    <span className={styles.time} data-time="">
      <span className="visually-hidden">{say.time(clock(at), clock(whole))}</span>
      <span aria-hidden="true">{clock(at)}</span>
      <span aria-hidden="true" className={styles.whole}>
        {clock(whole)}
      </span>
    </span>
  );
}

function seconds({ tempo, beat }: PlayState, quarters: number): number {
  return Math.floor((quarters * 60) / (tempo * beat) + 1e-6);
}

function clock(whole: number): string {
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function Tempo({ player }: { player: Player }) {
  const { tempo, beat, assumed } = useStore(player.store);
  const id = useId();
  const beats: Record<string, string> = say.tempo.beats;
  return (
    <div className={styles.tempo}>
      <label htmlFor={id} title={assumed ? say.tempo.assumed : undefined}>
        <span className="visually-hidden">{say.tempo.label} </span>
        <BeatNote quarters={beat} />
        <span className={styles.figure}>= {tempo}</span>
      </label>
      <input
        id={id}
        type="range"
        min={TEMPO.min}
        max={TEMPO.max}
        value={tempo}
        aria-valuetext={say.tempo.spoken(beats[String(beat)] ?? '', tempo)}
        onChange={(event) => player.setTempo(event.currentTarget.valueAsNumber)}
        onDoubleClick={player.resetTempo}
      />
      <p className={styles.assumed}>
        {assumed ? (
          say.tempo.assumed
        ) : (
          <button type="button" onClick={player.resetTempo}>
            {say.tempo.reset}
          </button>
        )}
      </p>
    </div>
  );
}

function Transpose({ session }: { session: Session }) {
  const transpose = useStore(session.store, (state) => state.transpose);
  const id = useId();
  const { intervals } = say.transpose;
  const up = intervals.map((name, i) => ({ value: i + 1, text: say.transpose.up(name) }));
  const down = intervals.map((name, i) => ({ value: -i - 1, text: say.transpose.down(name) }));
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{say.transpose.label}</label>
      <select
        id={id}
        className={styles.select}
        value={transpose}
        onChange={(event) => session.setTranspose(Number(event.currentTarget.value))}
      >
        {[...up.toReversed(), { value: 0, text: say.transpose.none }, ...down].map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <p className={styles.note}>{say.transpose.note}</p>
    </div>
  );
}

/** Says on the button that the piece is transposed. */
function TransposeMark({ session }: { session: Session }) {
  const transpose = useStore(session.store, (state) => state.transpose);
  if (transpose === 0) return null;
  return <span className={styles.mark}>{transpose > 0 ? `+${transpose}` : `−${-transpose}`}</span>;
}

function LoopSettings({ session, playing }: { session: Session; playing: Playing }) {
  const on = useStore(playing.player.store, ({ loop }) => loop !== null);
  return (
    <Settings icon="loop" name={say.loop.label} active={on}>
      <Loop session={session} playing={playing} />
    </Settings>
  );
}

function Loop({ session, playing }: { session: Session; playing: Playing }) {
  const selected = useStore(session.store, (state) => state.selected !== null);
  const loop = useStore(playing.player.store, (state) => state.loop);
  const music = useStore(playing.music, (state) => state.music);
  const id = useId();
  if (!music) return null;
  const count = music.score.bars.length;
  const bars = loop ? barsOfSpan(music.performance, loop) : { from: 0, to: count - 1 };
  const box = (key: 'from' | 'to', label: string) => (
    <label className={styles.numbered}>
      {label}
      <input
        type="number"
        className={styles.number}
        inputMode="numeric"
        min={1}
        max={count}
        value={bars[key] + 1}
        disabled={loop === null}
        onChange={(event) => {
          const bar = Math.min(Math.max(event.currentTarget.valueAsNumber || 1, 1), count) - 1;
          const other = key === 'from' ? Math.max(bars.to, bar) : Math.min(bars.from, bar);
          playing.loopBars(bar, other);
        }}
      />
    </label>
  );
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.check}>
        <input
          id={id}
          type="checkbox"
          className={styles.box}
          checked={loop !== null}
          onChange={(event) => {
            if (event.currentTarget.checked) playing.loopSelected();
            else playing.player.setLoop(null);
          }}
        />
        {say.loop.on}
      </label>
      <div className={styles.bars}>
        {box('from', say.loop.from)}
        {box('to', say.loop.to)}
      </div>
      <div className={styles.edges}>
        <Button disabled={!selected} onClick={() => playing.loopEdge('start')}>
          {say.loop.begin}
        </Button>
        <Button disabled={!selected} onClick={() => playing.loopEdge('end')}>
          {say.loop.end}
        </Button>
      </div>
      <p className={`${styles.note} ${styles.keyboard}`}>{say.loop.hint}</p>
    </div>
  );
}

function Metronome({ player, labelled = false }: { player: Player; labelled?: boolean }) {
  const on = useStore(player.store, (state) => state.metronome);
  if (!labelled)
    return (
      <IconButton
        icon="metronome"
        name={say.metronome}
        aria-pressed={on}
        className={styles.toggle}
        onClick={() => player.setMetronome(!on)}
      />
    );
  return (
    <div className={styles.row}>
      <label className={styles.check}>
        <input
          type="checkbox"
          className={styles.box}
          checked={on}
          onChange={(event) => player.setMetronome(event.currentTarget.checked)}
        />
        {say.metronome}
      </label>
    </div>
  );
}

/** A button that opens a panel above the bar. */
function Settings({
  icon,
  name,
  mark,
  active = false,
  children,
}: {
  icon: IconName;
  name: string;
  mark?: ReactNode;
  active?: boolean;
  children: ReactNode;
}) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`${buttonClass('plain')} ${styles.trigger}`}
        aria-label={name}
        title={name}
        data-active={active}
      >
        <Icon name={icon} />
        {mark}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={12} collisionPadding={8} className={styles.positioner}>
          <Popover.Popup className={styles.panel} aria-label={name}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Why nothing is heard, above the bar until it is closed. */
function Problem({ player }: { player: Player }) {
  const problem = useStore(player.store, (state) => state.problem);
  if (!problem) return null;
  return (
    <div className={styles.problem} role="alert">
      <p>{say.problems[problem]}</p>
      <IconButton icon="close" name={say.dismiss} onClick={player.dismissProblem} />
    </div>
  );
}

/** The space bar plays and pauses, wherever it means nothing else. */
function useSpaceBar(player: Player): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.repeat || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const at = event.target instanceof Element ? event.target : null;
      if (
        at?.closest(
          'button, a, summary, select, textarea, input, [contenteditable], [role^="menu"], [role="dialog"]',
        )
      )
        return;
      event.preventDefault();
      player.toggle();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [player]);
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
