/** Music and an instrument for tests. */
import { type Performance, perform } from '../../notation/performance.ts';
import type { Score } from '../../notation/score.ts';
import { scoreFromPage } from '../../notation/score-from-tokens.ts';
import { readSemantic } from '../../notation/semantic.ts';
import { plainToken } from '../../notation/token.ts';
import type { Instrument } from './instrument.ts';

/**
 * A score of one system from lines of semantic text; `repeat-end` and other words of the vocabulary stand for bar lines that semantic text
 * cannot tell apart.
 */
export function scoreOf(...lines: string[]): Score {
  const staves = lines.map((line) =>
    line
      .split(/(\S*(?:repeat|ending)-\S+)/)
      .flatMap((piece, i) => (i % 2 ? [plainToken(piece)] : readSemantic(piece))),
  );
  return scoreFromPage([{ staves, braces: [] }]);
}

export function performanceOf(...lines: string[]): Performance {
  return perform(scoreOf(...lines));
}

/** An instrument that writes down what it is asked to play, on a clock that the test moves. */
export function notebook() {
  const log: string[] = [];
  const clock = { time: 0 };
  const round = (time: number) => Math.round(time * 1000) / 1000;
  const instrument: Instrument = {
    now: () => clock.time,
    on: (at, staff, key) => log.push(`${round(at)} on ${staff}:${key}`),
    off: (at, staff, key) => log.push(`${round(at)} off ${staff}:${key}`),
    tick: (at, kind) => log.push(`${round(at)} ${kind}`),
    silence() {
      log.push(`${round(clock.time)} silence`);
      return clock.time;
    },
    choose: (sound) => log.push(sound),
    resume: async () => undefined,
    dispose: () => undefined,
  };
  return { log, clock, instrument };
}
