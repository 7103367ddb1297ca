import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Dots an inch of the pictures: staff spaces of some 15 px. */
const RESOLUTION = '220';
/** Seconds after which a program is given up. */
const PATIENCE = 120;

/** A program that engraves MusicXML, as a tool only. MuseScore trains nothing; LilyPond's pages may (`lilypond-pages.ts`). */
export type Engraver = {
  /** What to install on Debian. */
  package: string;
  /** Its command on this machine; undefined where there is none. */
  find(): string | undefined;
  /** The picture of a score in a folder of its own; undefined where one page does not hold it. */
  engrave(command: string, source: string, folder: string): string | undefined;
};

export const ENGRAVERS: Record<'musescore' | 'lilypond', Engraver> = {
  musescore: {
    package: 'musescore3',
    find: () =>
      ['musescore3', 'mscore3', 'musescore', 'mscore'].find((name) => succeeds(name, ['--version'])),
    engrave(command, source, folder) {
      run(command, ['-r', RESOLUTION, '-o', join(folder, 'score.png'), source]);
      return onlyPage(join(folder, 'score-1.png'), join(folder, 'score-2.png'));
    },
  },
  lilypond: {
    package: 'lilypond',
    find: () => ['lilypond'].find((name) => succeeds(name, ['--version'])),
    engrave(command, source, folder) {
      const score = join(folder, 'score');
      run('musicxml2ly', ['--output', `${score}.ly`, source]);
      run(command, ['--png', `-dresolution=${RESOLUTION}`, '--output', score, `${score}.ly`]);
      return onlyPage(`${score}.png`, `${score}-page2.png`);
    },
  },
};

function onlyPage(first: string, second: string): string | undefined {
  return existsSync(first) && !existsSync(second) ? first : undefined;
}

export function run(command: string, parts: string[]): number | null {
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
  return spawnSync(command, parts, { env, stdio: 'ignore', timeout: 1000 * PATIENCE }).status;
}

const succeeds = (command: string, parts: string[]) => run(command, parts) === 0;
