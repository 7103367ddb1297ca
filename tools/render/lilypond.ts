import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/synthesis/random.ts';
import { run } from './engravers.ts';

/** Staff spaces of the pictures, px: at the usual size of 20 points a staff space is 5/72.27 inch. */
const INCH_A_SPACE = 5 / 72.27;

/**
 * Pictures of all pages of a score, in a style drawn at random: size, spacing, thickness of lines, what is printed.
 * @param folder one of its own, empty but for the source
 */
export function lilypondPages(command: string, source: string, folder: string, random: Random): string[] {
  const score = join(folder, 'score');
  run('musicxml2ly', ['--output', `${score}.ly`, source]);
  const size = random.range(13, 25);
  const text = readFileSync(`${score}.ly`, 'utf8');
  writeFileSync(
    `${score}.ly`,
    text.replace(/^(\\version "[^"]*")/m, (version) => `${version}\n${style(random, size)}`),
  );
  const resolution = Math.round(random.range(11, 17) / ((INCH_A_SPACE * size) / 20));
  run(command, [
    '--png',
    `-dresolution=${resolution}`,
    '-dno-point-and-click',
    '--output',
    score,
    `${score}.ly`,
  ]);
  const page = /^score(?:-page(\d+))?\.png$/;
  return readdirSync(folder)
    .filter((name) => page.test(name))
    .sort((a, b) => Number(page.exec(a)?.[1]) - Number(page.exec(b)?.[1]))
    .map((name) => join(folder, name));
}

function style(random: Random, size: number): string {
  const thick = (low: number, high: number) => random.range(low, high).toFixed(2);
  const sometimes = (p: number, text: string) => (random.chance(p) ? text : '');
  return `
#(set-global-staff-size ${size.toFixed(1)})
\\paper {
  #(set-paper-size "${random.pick(['a4', 'letter', 'a5', 'octavo', 'b5'])}"${sometimes(0.2, " 'landscape")})
  indent = ${random.pick([0, 0, 8, 15])}\\mm
  ${sometimes(0.15, 'ragged-right = ##t')}
  ${sometimes(0.5, 'ragged-bottom = ##t')}
  system-system-spacing.padding = #${thick(0.5, 4)}
  top-margin = ${random.int(5, 15)}\\mm
  left-margin = ${random.int(6, 18)}\\mm
  right-margin = ${random.int(6, 18)}\\mm
}
\\layout {
  \\context {
    \\Score
    \\override SpacingSpanner.common-shortest-duration = #(ly:make-moment 1/${random.pick([4, 8, 8, 16, 16, 32])})
    \\override SpacingSpanner.spacing-increment = #${thick(0.9, 1.7)}
    ${sometimes(0.4, '\\omit BarNumber')}
    ${sometimes(0.3, '\\override TupletBracket.bracket-visibility = ##t')}
    ${sometimes(0.1, '\\override TupletBracket.bracket-visibility = ##f')}
  }
  \\context {
    \\Staff
    \\override StaffSymbol.thickness = #${thick(0.7, 1.7)}
    \\override StaffSymbol.ledger-line-thickness = #'(${thick(0.8, 1.4)} . ${thick(0.05, 0.15)})
    \\override BarLine.hair-thickness = #${thick(1.2, 2.8)}
  }
  \\context {
    \\Voice
    \\override Stem.thickness = #${thick(0.9, 1.9)}
    \\override Slur.thickness = #${thick(0.8, 1.8)}
    \\override Tie.thickness = #${thick(0.8, 1.8)}
    \\override Beam.beam-thickness = #${thick(0.4, 0.56)}
    ${sometimes(0.2, `\\override Beam.damping = #${random.pick([0, 2, 10])}`)}
  }
}
`;
}
