import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'musicxml-io';
import { VerovioToolkit } from 'verovio/esm';
import createVerovioModule from 'verovio/wasm';
import { readMusicXmlNotes, type SoundedNote } from '../../src/notation/musicxml-notes.ts';

/** What a program said of some files: `complaints` name the file; `note` is worth knowing and no fault. */
export type Outcome = { complaints: string[]; note?: string } | { skipped: string };

export type Check = {
  name: string;
  run: (files: readonly string[], folder: string) => Outcome | Promise<Outcome>;
};

const SCHEMA = resolve(process.env.SCORELINE_DATA ?? '../shared', 'schema/musicxml.xsd');
const MUSESCORE = 'musescore3';

function runs(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { env: offscreen(), stdio: 'ignore' }).status === 0;
}

function offscreen(): NodeJS.ProcessEnv {
  return { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
}

function checkSchema(files: readonly string[]): Outcome {
  if (!existsSync(SCHEMA)) return { skipped: `no schema at ${SCHEMA}` };
  if (!runs('xmllint', ['--version'])) return { skipped: 'xmllint is not installed' };
  const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', SCHEMA, ...files], {
    encoding: 'utf8',
  });
  return { complaints: stderr.split('\n').filter((line) => line && !line.endsWith(' validates')) };
}

/**
 * MuseScore imports all files in one go into its own format, where every word that it says is about our file; what it says while it
 * writes them as MusicXML again is about itself.
 */
export function checkMuseScore(files: readonly string[], folder: string): Outcome {
  if (!runs(MUSESCORE, ['--version'])) return { skipped: `${MUSESCORE} is not installed` };
  const into = join(folder, 'musescore');
  mkdirSync(into, { recursive: true });
  const own = files.map((file, i) => ({
    file,
    imported: join(into, `${i}.mscx`),
    back: join(into, `${i}.musicxml`),
  }));
  const importing = convert(
    own.map(({ file, imported }) => ({ in: resolve(file), out: imported })),
    into,
  );
  const complaints = importing.map((line) => `import: ${line}`);
  convert(
    own.map(({ imported, back }) => ({ in: imported, out: back })),
    into,
  );
  let moved = 0;
  for (const { file, back } of own) {
    if (!existsSync(back)) {
      complaints.push(`${basename(file)}: could not be imported`);
      continue;
    }
    const [ours, theirs] = [file, back].map((path) => readMusicXmlNotes(readFileSync(path, 'utf8')));
    const written = inTicks(ours ?? []);
    const { differences, displaced } = compareNotes(written, withoutDrift(inTicks(theirs ?? []), written));
    moved += displaced;
    complaints.push(...differences.map((difference) => `${basename(file)}: ${difference}`));
  }
  return {
    complaints,
    ...(moved > 0 ? { note: `MuseScore has no grace notes before rests and put ${moved} elsewhere` } : {}),
  };
}

/** Notes at MuseScore's ticks, of which a quarter has 480: what is no whole number of them it rounds. */
function inTicks(notes: readonly SoundedNote[]): SoundedNote[] {
  const ticks = (quarters: number) => Math.round(480 * quarters) / 480;
  return notes.map((note) => ({
    ...note,
    onset: ticks(note.onset),
    // A grace note alone has no length.
    duration: note.duration === 0 ? 0 : Math.max(1 / 480, ticks(note.duration)),
  }));
}

/** Ticks by which all may come late after bars that are too long and have tuplets of 7 or 9, whose notes MuseScore adds up rounded. */
const DRIFT = 4;

/** Notes at the nearest onset that was written, where it is no further than the drift. */
function withoutDrift(notes: readonly SoundedNote[], written: readonly SoundedNote[]): SoundedNote[] {
  const onsets = [...new Set(written.map(({ onset }) => onset))];
  const nearest = (at: number) =>
    onsets.reduce((best, onset) => (Math.abs(onset - at) < Math.abs(best - at) ? onset : best), Infinity);
  return notes.map((note) => {
    const onset = nearest(note.onset);
    return Math.abs(onset - note.onset) <= DRIFT / 480 ? { ...note, onset } : note;
  });
}

/** Runs a list of conversions; returns what it said but for its reports of progress. */
function convert(jobs: readonly { in: string; out: string }[], folder: string): string[] {
  const list = join(folder, 'jobs.json');
  writeFileSync(list, JSON.stringify(jobs));
  const { stdout, stderr } = spawnSync(MUSESCORE, ['-j', list], { env: offscreen(), encoding: 'utf8' });
  // It hides a percussion clef on a staff that has pitches, and says so; its notes are compared all the same.
  const progress =
    /^\s*$|^Clef::layout\(\): invisible clef|^convert <|^\s+to <|^\.\.\. success!$|XDG_RUNTIME_DIR|^QStandardPaths/;
  return `${stdout}\n${stderr}`.split('\n').filter((line) => !progress.test(line));
}

/** Notes must agree to the last. Grace notes may be missing from the second list, or stand somewhere else in their staff. */
export function compareNotes(
  ours: readonly SoundedNote[],
  theirs: readonly SoundedNote[],
): { differences: string[]; displaced: number } {
  const timed = (notes: readonly SoundedNote[]) => notes.filter(({ duration }) => duration > 0);
  const graces = (notes: readonly SoundedNote[]) => notes.filter(({ duration }) => duration === 0);
  const name = ({ staff, pitch }: SoundedNote) => `staff ${staff + 1}, key ${pitch}`;
  const place = (note: SoundedNote) =>
    `${name(note)}, quarter ${note.onset.toFixed(6)}, ${note.duration.toFixed(6)} long`;
  const notes = surplus(timed(ours).map(place), timed(theirs).map(place));
  const foreign = surplus(graces(ours).map(name), graces(theirs).map(name)).right;
  return {
    differences: [
      ...notes.left.map((note) => `lost: ${note}`),
      ...notes.right.map((note) => `not ours: ${note}`),
      ...foreign.map((note) => `grace note not ours: ${note}`),
    ],
    displaced: surplus(graces(ours).map(place), graces(theirs).map(place)).left.length,
  };
}

/** What each of two lists has more often than the other. */
function surplus(left: readonly string[], right: readonly string[]): { left: string[]; right: string[] } {
  const counts = new Map<string, number>();
  for (const each of left) counts.set(each, (counts.get(each) ?? 0) + 1);
  for (const each of right) counts.set(each, (counts.get(each) ?? 0) - 1);
  const repeated = (sign: 1 | -1) =>
    [...counts].flatMap(([text, count]) => Array.from({ length: Math.max(0, sign * count) }, () => text));
  return { left: repeated(1), right: repeated(-1) };
}

async function checkVerovio(files: readonly string[]): Promise<Outcome> {
  const toolkit = new VerovioToolkit(await createVerovioModule());
  const complaints = files.flatMap((file) => {
    const xml = readFileSync(file, 'utf8');
    if (!toolkit.loadData(xml)) return [`${basename(file)}: not loaded`];
    const engraved = new Set(toolkit.getMEI().match(/<note [^>]*xml:id="[^"]*"/g)).size;
    return countComplaint(file, engraved, readMusicXmlNotes(xml).length);
  });
  return { complaints };
}

function checkMusicXmlIo(files: readonly string[]): Outcome {
  const complaints = files.flatMap((file) => {
    const xml = readFileSync(file, 'utf8');
    const entries = parse(xml).parts.flatMap(({ measures }) =>
      measures.flatMap((measure) => measure.entries),
    );
    const notes = entries.filter((entry) => entry.type === 'note' && (entry.pitch ?? entry.unpitched));
    return countComplaint(file, notes.length, readMusicXmlNotes(xml).length);
  });
  return { complaints };
}

function countComplaint(file: string, found: number, expected: number): string[] {
  return found === expected ? [] : [`${basename(file)}: ${found} notes of ${expected}`];
}

export const CHECKS: readonly Check[] = [
  { name: 'MusicXML 4.0 schema', run: checkSchema },
  { name: 'MuseScore', run: checkMuseScore },
  { name: 'Verovio', run: checkVerovio },
  { name: 'musicxml-io', run: checkMusicXmlIo },
];
