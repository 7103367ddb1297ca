import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countConfusions, TOKEN_BRANCHES } from '../src/notation/branch-errors.ts';
import { type Rate, rateOf, type StaffErrors } from '../src/notation/error-rates.ts';
import { f1 } from '../src/notation/note-match.ts';
import type { ClassCounts } from '../src/notation/symbol-classes.ts';
import { collectCases } from './evaluation/collect.ts';
import { type Measurement, measure } from './evaluation/measure.ts';
import { percent, sortedClasses, writeReport } from './evaluation/report.ts';

const USAGE = `npm run evaluate -- OUT --truth DIR [--json FILE] [--report DIR]
OUT is what recognise wrote; DIR holds truth.json, NAME.semantic, NAME.tokens.json or NAME.musicxml.
OUT and DIR may also be one MusicXML file each.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { truth: { type: 'string' }, json: { type: 'string' }, report: { type: 'string' } },
  });
  const [out] = positionals;
  if (out === undefined || positionals.length > 1 || values.truth === undefined) {
    console.error(USAGE);
    return 2;
  }
  for (const path of [out, values.truth]) {
    if (!existsSync(path)) {
      console.error(`${path} does not exist`);
      return 2;
    }
  }
  const cases = collectCases(out, values.truth);
  if (cases.length === 0) {
    console.error(`${values.truth} holds no truth`);
    return 2;
  }
  for (const { name, reading } of cases)
    if (!reading) console.error(`no reading of ${name} in ${out}: all of it counts as missed`);
  const measured = measure(cases);
  const summary = summaryOf(measured);
  console.log(summary);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figuresOf(measured), null, 1)}\n`);
  if (values.report) console.log(`report: ${await writeReport(values.report, measured, summary)}`);
  return 0;
}

function rateLine(name: string, { errors, total }: Rate): string {
  return `${name.padEnd(24)}${percent(errors, total).padStart(8)}  (${errors} of ${total})`;
}

function summaryOf({
  cases,
  staves,
  text,
  branches,
  classes,
  bars,
  musicxml,
  convention,
}: Measurement): string {
  const lines: string[] = [];
  if (staves.truth + staves.read > 0) {
    const found = staves.truth - staves.missed;
    lines.push(
      `${cases.length} pages, ${staves.truth} staves: ${found} found, ${staves.missed} missed, ${staves.invented} invented`,
      rateLine('SER merged', text.merged),
      rateLine('SER rhythm', text.rhythm),
      rateLine('SER pitch', text.pitch),
      rateLine('pitch accuracy', { errors: text.notes.pitch, total: text.notes.truth }),
      rateLine('duration accuracy', { errors: text.notes.value, total: text.notes.truth }),
      rateLine('note accuracy', { errors: text.notes.both, total: text.notes.truth }),
    );
    const left = [
      ...(convention.ratios ? [] : ['tuplet ratios']),
      ...(convention.graces ? [] : ['grace notes']),
    ];
    if (left.length > 0) lines.push(`not counted, since the truth has none: ${left.join(', ')}`);
    if (!convention.keys)
      lines.push('compared without the key signature, which the truth leaves out of its pitches');
  }
  if (bars.all > 0) lines.push(rateLine('bars that add up', { errors: bars.fitting, total: bars.all }));
  if (branches) {
    lines.push('', rateLine('all branches', branches.merged));
    for (const branch of TOKEN_BRANCHES) {
      const { truth, reading, right } = branches.sightings[branch];
      const said = branch !== 'rhythm' && branch !== 'pitch' && truth + reading > 0;
      const special = said
        ? `  F1 of what is not plain ${percent(2 * right, truth + reading)} (${truth} true, ${reading} read, ${right} right)`
        : '';
      lines.push(`${rateLine(branch, branches.branches[branch])}${special}`);
    }
  }
  if (classes) lines.push('', ...classLines(classes));
  if (musicxml) {
    const line = (name: string, match: { truth: number; reading: number; right: number }) =>
      `${name.padEnd(24)}${(100 * f1(match)).toFixed(1).padStart(6)} %  (${match.truth} true, ${match.reading} read, ${match.right} right)`;
    lines.push(
      '',
      line('note F1 by bar and beat', musicxml.beat),
      line('note F1 from the start', musicxml.onset),
      line('… with duration', musicxml.duration),
    );
  }
  return lines.join('\n').trim();
}

function classLines(classes: ClassCounts): string[] {
  return [
    `${'class of symbol'.padEnd(32)}   errors   true  wrong missed invented`,
    ...sortedClasses(classes).map(([name, { truth, wrong, missed, invented }]) => {
      const rate = truth === 0 ? '' : percent(wrong + missed + invented, truth);
      const counts = [truth, wrong, missed].map((count) => String(count).padStart(7)).join('');
      return `${name.padEnd(32)}${rate.padStart(9)}${counts}${String(invented).padStart(9)}`;
    }),
  ];
}

function withRates({ merged, rhythm, pitch, notes }: StaffErrors) {
  const rated = (rate: Rate) => ({ ...rate, rate: rateOf(rate) });
  const share = (right: number) => (notes.truth === 0 ? 1 : right / notes.truth);
  return {
    merged: rated(merged),
    rhythm: rated(rhythm),
    pitch: rated(pitch),
    notes: {
      ...notes,
      pitchAccuracy: share(notes.pitch),
      durationAccuracy: share(notes.value),
      noteAccuracy: share(notes.both),
    },
  };
}

/** The figures for other programs; rates are fractions. */
function figuresOf({ cases, convention, staves, text, branches, classes, bars, musicxml }: Measurement) {
  return {
    version: 1,
    convention,
    staves,
    ser: withRates(text),
    bars: { ...bars, share: bars.all === 0 ? 1 : bars.fitting / bars.all },
    ...(classes ? { classes: Object.fromEntries(classes) } : {}),
    ...(branches
      ? {
          branches: {
            merged: { ...branches.merged, rate: rateOf(branches.merged) },
            ...Object.fromEntries(
              TOKEN_BRANCHES.map((branch) => [
                branch,
                {
                  ...branches.branches[branch],
                  rate: rateOf(branches.branches[branch]),
                  special: branches.sightings[branch],
                },
              ]),
            ),
          },
          confusions: countConfusions(branches.confusions),
        }
      : {}),
    ...(musicxml
      ? {
          musicxml: {
            beat: { ...musicxml.beat, f1: f1(musicxml.beat) },
            onset: { ...musicxml.onset, f1: f1(musicxml.onset) },
            duration: { ...musicxml.duration, f1: f1(musicxml.duration) },
          },
        }
      : {}),
    pages: cases.map(({ page, text: errors, musicxml: notes }) => ({
      name: page.name,
      read: page.reading !== undefined,
      ...(errors
        ? {
            missed: errors.missed,
            invented: errors.invented,
            ser: withRates(errors.total),
            staves: errors.staves.map((staff) => ({ ...staff, errors: withRates(staff.errors) })),
          }
        : {}),
      ...(notes ? { musicxml: notes } : {}),
    })),
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
