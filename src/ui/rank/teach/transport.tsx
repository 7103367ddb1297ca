import { useEffect, useEffectEvent } from 'react';
import { Button, IconButton } from '../../kit/button.tsx';
import { compact } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import { useRoom } from '../rank-room.ts';
import styles from './transport.module.css';
import type { ShownRun } from './use-run.ts';

const say = words.rank.transport;

/** A day of a film, ms. */
const FRAME = 650;

export type Film = { playing: boolean; setPlaying: (playing: boolean) => void };

/** What the buttons and the keys do, one and the same. */
export function useTransport(run: ShownRun, { playing, setPlaying }: Film) {
  const { teach, set } = useRoom();
  const { days, controls, settings, work, isWorking, isComplete } = run;
  const at = controls.day === 0 ? days.length : Math.min(controls.day, days.length);
  const go = (day: number) => set({ day: day >= days.length ? 0 : Math.max(1, day) });

  const onFrame = useEffectEvent(() => {
    if (at >= days.length) setPlaying(false);
    else go(at + 1);
  });
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(onFrame, FRAME);
    return () => clearInterval(timer);
  }, [playing]);

  return {
    at,
    go,
    isPlaying: playing || (isWorking && work?.state === 'running'),
    /** Plays a finished run from its first day, trains one that is not finished. */
    play(): void {
      if (isWorking) {
        if (work?.state === 'paused' || work?.state === 'pausing') teach.resume();
        else teach.pause();
      } else if (playing) setPlaying(false);
      else if (isComplete) {
        if (at >= days.length) go(1);
        setPlaying(true);
      } else if (!work) {
        set({ day: 0 });
        void teach.train(settings);
      }
    },
    step(): void {
      setPlaying(false);
      if (at < days.length) go(at + 1);
      else if (isWorking) teach.step();
      else if (!isComplete && !work) {
        set({ day: 0 });
        void teach.train(settings, true);
      }
    },
    forward(): void {
      setPlaying(false);
      if (at < days.length) go(at + 1);
    },
    back(): void {
      setPlaying(false);
      if (at > 1) go(at - 1);
    },
    train(): void {
      setPlaying(false);
      set({ day: 0 });
      void teach.train(settings);
    },
    stop: () => teach.stop(),
  };
}

export type Transport = ReturnType<typeof useTransport>;

/** The bar below the charts: through the days, and training. */
export function TransportBar({ run, transport }: { run: ShownRun; transport: Transport }) {
  const { days, settings, work, isComplete, isWorking } = run;
  const { at, isPlaying } = transport;
  const { hidden } = useRoom();
  const last = Math.max(1, days.length);
  return (
    <>
      <fieldset className={styles.days} aria-label={say.label}>
        <IconButton icon="previous" name={say.back} disabled={at <= 1} onClick={transport.back} />
        <IconButton
          icon={isPlaying ? 'pause' : 'play'}
          name={isPlaying ? say.pause : say.play}
          disabled={(work !== null && !isWorking) || (isWorking && work?.state === 'stopping')}
          onClick={transport.play}
        />
        <IconButton
          icon="next"
          name={say.step}
          disabled={
            at >= days.length && (isComplete || (work !== null && !(isWorking && work.state === 'paused')))
          }
          onClick={transport.step}
        />
      </fieldset>
      <span className={styles.day}>{say.day(at, settings.streamDays)}</span>
      {!hidden.has('day') && (
        <input
          className={styles.scrub}
          type="range"
          aria-label={say.scrub}
          aria-valuetext={say.day(at, settings.streamDays)}
          min={1}
          max={last}
          step={1}
          value={Math.max(1, at)}
          disabled={days.length < 2}
          onChange={({ target }) => transport.go(Number(target.value))}
        />
      )}
      <div className={styles.now}>
        {work ? (
          <>
            <Progress work={work} />
            <Button disabled={work.state === 'stopping'} onClick={transport.stop}>
              {say.stop}
            </Button>
          </>
        ) : (
          <>
            {run.run?.source.kind === 'before' && (
              <span className={`${styles.status} ${styles.source}`}>
                {say.before(dateText(run.run.source.date))}
              </span>
            )}
            <Button onClick={transport.train}>{say.train}</Button>
          </>
        )}
      </div>
    </>
  );
}

/** A date of a file, as the visitor writes dates. */
export function dateText(date: string): string {
  return new Date(date).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}

function Progress({ work }: { work: NonNullable<ShownRun['work']> }) {
  const { state, phase, day, share, pace } = work;
  const text = state === 'running' ? say.phases[phase](day) : say[state];
  return (
    <>
      <span className={styles.status}>
        {text}
        {pace !== null && state === 'running' && `, ${say.pace(compact(pace))}`}
      </span>
      <progress className={styles.progress} aria-label={say.progress} max={1} value={share} />
    </>
  );
}
