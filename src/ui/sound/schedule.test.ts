import { describe, expect, it } from 'vitest';
import { perform } from '../../notation/performance.ts';
import { transposeScore } from '../../notation/transpose.ts';
import { advance, beats, headAt, type Playhead, type PlaySettings } from './schedule.ts';
import { performanceOf, scoreOf } from './testing.ts';

const PLAIN: PlaySettings = { muted: [], metronome: false, loop: null };

const FOUR =
  'clef-G2 keySignature-CM timeSignature-4/4 note-C4_quarter note-D4_quarter note-E4_quarter note-F4_quarter barline note-G4_whole barline';

/** The cues of so many quarters, taken in steps. */
function cuesOf(
  performance: ReturnType<typeof performanceOf>,
  settings: PlaySettings,
  quarters: number,
  { from = 0, step = quarters } = {},
): string[] {
  let head: Playhead = headAt(from);
  const cues: string[] = [];
  for (let done = 0; done < quarters; done += step) {
    const moved = advance(performance, settings, head, step);
    for (const cue of moved.cues) {
      const time = done + cue.after;
      cues.push(
        cue.kind === 'tick' ? `${time} tick${cue.accent ? '!' : ''}` : `${time} ${cue.kind} ${cue.key}`,
      );
    }
    if (moved.over !== null) return [...cues, `${done + moved.over} over`];
    head = moved.head;
  }
  return cues;
}

describe('a playhead', () => {
  it('says what begins and ends on the way, ends first, and when it is over', () => {
    const cues = cuesOf(performanceOf(FOUR), PLAIN, 20);
    expect(cues).toEqual([
      '0 on 60',
      '1 off 60',
      '1 on 62',
      '2 off 62',
      '2 on 64',
      '3 off 64',
      '3 on 65',
      '4 off 65',
      '4 on 67',
      '8 off 67',
      '8 over',
    ]);
  });

  it('says the same in steps of any size', () => {
    const performance = performanceOf(FOUR);
    for (const step of [0.125, 0.5, 0.75, 3])
      expect(cuesOf(performance, PLAIN, 20, { step })).toEqual(cuesOf(performance, PLAIN, 20));
  });

  it('plays a repeat twice, and its endings in order', () => {
    const performance = performanceOf(
      'clef-G2 keySignature-CM timeSignature-1/4 note-C4_quarter barline ending-1-start note-D4_quarter ending-1-stop repeat-end ending-2-start note-E4_quarter ending-2-stop barline note-F4_quarter barline',
    );
    const keys = cuesOf(performance, PLAIN, 9).filter((cue) => cue.includes('on'));
    expect(keys).toEqual(['0 on 60', '1 on 62', '2 on 60', '3 on 64', '4 on 65']);
  });

  it('goes round in a loop, cutting off what reaches over its end', () => {
    const performance = performanceOf(FOUR);
    const loop = { start: 2, end: 5 };
    expect(cuesOf(performance, { ...PLAIN, loop }, 6.5, { from: 2, step: 0.5 })).toEqual([
      ...['0 on 64', '1 off 64', '1 on 65', '2 off 65', '2 on 67', '3 off 67'],
      ...['3 on 64', '4 off 64', '4 on 65', '5 off 65', '5 on 67', '6 off 67'],
      '6 on 64',
    ]);
  });

  it('comes to a loop from before it, and strikes what sounds where it begins', () => {
    const performance = performanceOf(FOUR);
    const loop = { start: 6, end: 7 };
    expect(cuesOf(performance, { ...PLAIN, loop }, 3, { from: 5 })).toEqual([
      ...['0 on 67', '2 off 67', '2 on 67', '3 off 67'],
    ]);
  });

  it('is silent where a staff is muted, and ends what that staff was playing', () => {
    const performance = performanceOf(FOUR, FOUR.replaceAll('4_', '3_'));
    const { cues, head } = advance(performance, PLAIN, headAt(4), 1);
    expect(cues.map((cue) => cue.kind)).toEqual(['on', 'on']);
    const muted = advance(performance, { ...PLAIN, muted: [1] }, head, 1);
    expect(muted.cues).toEqual([{ kind: 'off', after: 0, staff: 1, key: 55, percussion: false }]);
    expect(muted.head.sounding.map(({ staff }) => staff)).toEqual([0]);
  });

  it('plays what a transposed score says', () => {
    const up = perform(transposeScore(scoreOf(FOUR), 3));
    expect(cuesOf(up, PLAIN, 2)).toEqual(['0 on 63', '1 off 63', '1 on 65', '2 off 65']);
  });

  it('ticks on the beats, louder where a bar begins', () => {
    const ticks = cuesOf(performanceOf(FOUR), { ...PLAIN, metronome: true }, 6).filter((cue) =>
      /tick/.test(cue),
    );
    expect(ticks).toEqual(['0 tick!', '1 tick', '2 tick', '3 tick', '4 tick!', '5 tick']);
  });
});

describe('beats', () => {
  it('are dotted in compound metres, and a pick-up has the last ones', () => {
    const { bars } = performanceOf(
      'clef-G2 keySignature-CM timeSignature-6/8 note-C4_quarter. barline note-C4_half. barline note-C4_half. barline',
    );
    expect(beats(bars, 0, 4.5)).toEqual([
      { time: 0, accent: false },
      { time: 1.5, accent: true },
      { time: 3, accent: false },
    ]);
  });
});
