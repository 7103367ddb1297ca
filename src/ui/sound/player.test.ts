import { describe, expect, it } from 'vitest';
import { AS_IT_COMES } from './playback.ts';
import { createPlayer, playbackOf } from './player.ts';
import { notebook, performanceOf } from './testing.ts';

const FOUR =
  'clef-G2 keySignature-CM timeSignature-4/4 note-C4_quarter note-D4_quarter note-E4_quarter note-F4_quarter barline note-G4_whole barline';

function setUp(line = FOUR) {
  const { log, clock, instrument } = notebook();
  let task: (() => void) | null = null;
  const player = createPlayer({
    load: async () => ({ ok: true, instrument }),
    every: (_, run) => {
      task = run;
      return () => {
        task = null;
      };
    },
    hidden: () => false,
  });
  player.setMusic(performanceOf(line));
  player.setTempo(60);
  log.length = 0;
  /** Lets so many seconds go by, timers and all. */
  const wait = (seconds: number) => {
    for (let i = Math.round(seconds / 0.025); i > 0; i--) {
      clock.time += 0.025;
      task?.();
    }
  };
  const notes = () => log.filter((line) => line.includes(' on '));
  return { player, log, notes, wait };
}

describe('a player', () => {
  it('plays in time, a little ahead of the clock and no more', async () => {
    const { player, notes, wait } = setUp();
    await player.play();
    expect(notes()).toEqual(['0.06 on 0:60']);
    wait(2);
    expect(notes()).toEqual(['0.06 on 0:60', '1.06 on 0:62', '2.06 on 0:64']);
    expect(player.position()).toBeCloseTo(1.94, 6);
    wait(7);
    expect(player.store.getState()).toMatchObject({ state: 'stopped', at: 0 });
    expect(notes()).toHaveLength(5);
  });

  it('goes on from where it was paused, striking what sounded', async () => {
    const { player, notes, log, wait } = setUp();
    await player.play();
    wait(1.55);
    player.pause();
    expect(player.store.getState().state).toBe('paused');
    expect(player.position()).toBeCloseTo(1.49, 6);
    expect(log.at(-1)).toMatch('silence');
    wait(5);
    await player.play();
    expect(notes().at(-1)).toBe('6.61 on 0:62');
  });

  it('takes a change of tempo at once, without losing its place', async () => {
    const { player, notes, wait } = setUp();
    await player.play();
    wait(1.55);
    player.setTempo(120);
    wait(1);
    // Half a second to the third quarter was scheduled slowly for 0.15 s; the rest goes twice as fast.
    const times = notes().map((note) => Number(note.split(' ')[0]));
    expect(times[2]).toBeCloseTo(1.55 + 0.15 + (2 - 1.64) / 2, 3);
    expect(player.position()).toBeGreaterThan(3);
  });

  it('goes round in its loop and starts there', async () => {
    const { player, notes, wait } = setUp();
    player.setLoop({ start: 1, end: 3 });
    await player.play();
    wait(4);
    expect(notes().map((note) => note.split(':')[1])).toEqual(['62', '64', '62', '64', '62']);
    expect(player.position()).toBeGreaterThanOrEqual(1);
    expect(player.position()).toBeLessThan(3);
    player.stop();
    expect(player.store.getState()).toMatchObject({ state: 'stopped', at: 1 });
  });

  it('starts where it is sent', async () => {
    const { player, notes } = setUp();
    player.seek(3);
    await player.play();
    expect(notes()).toEqual(['0.06 on 0:65']);
  });

  it('forgets loop, mutes and tempo with another piece, and keeps them through an edit', () => {
    const { player } = setUp();
    player.setMuted(0, true);
    player.setLoop({ start: 0, end: 4 });
    player.editMusic(performanceOf(FOUR));
    expect(player.store.getState()).toMatchObject({ muted: [0], loop: { start: 0, end: 4 }, tempo: 60 });
    player.setMusic(performanceOf(FOUR.replace('4/4', '2/2')));
    expect(player.store.getState()).toMatchObject({ muted: [], loop: null, tempo: 72, assumed: true });
  });

  it('takes a piece as it was set for it, from the beginning of its loop', async () => {
    const { player, log, notes } = setUp();
    const set = {
      ...{ tempo: 96, muted: [1], metronome: true, loop: { start: 2, end: 4 } },
      sound: 'flute' as const,
    };
    player.setMusic(performanceOf(FOUR.replace('4/4', '2/2')), set);
    // In halves, as its metre counts.
    expect(player.store.getState()).toMatchObject({ ...set, tempo: 48, assumed: false, at: 2 });
    expect(playbackOf(player.store.getState())).toEqual(set);
    await player.play();
    expect(log).toContain('flute');
    expect(notes()).toEqual(['0.06 on 0:64']);
  });

  it('leaves out a loop that is not within the piece', () => {
    const { player } = setUp();
    player.setMusic(performanceOf(FOUR), { ...AS_IT_COMES, loop: { start: 2, end: 99 } });
    expect(player.store.getState()).toMatchObject({ loop: null, at: 0 });
  });

  it('says so where there is no sound, and tries again when asked again', async () => {
    let tries = 0;
    const player = createPlayer({
      load: async () => {
        tries++;
        return { ok: false, problem: 'no_audio' };
      },
      every: () => () => undefined,
      hidden: () => false,
    });
    player.setMusic(performanceOf(FOUR));
    await player.play();
    expect(player.store.getState()).toMatchObject({ state: 'stopped', problem: 'no_audio' });
    await player.play();
    expect(tries).toBe(2);
  });

  it('strikes single keys when it does not play', async () => {
    const { player, log, wait } = setUp();
    await player.strike(0, [60, 64]);
    expect(log.filter((line) => / o(n|ff) /.test(line))).toHaveLength(4);
    await player.play();
    wait(0.5);
    const before = log.length;
    await player.strike(0, [72]);
    expect(log).toHaveLength(before);
  });
});
