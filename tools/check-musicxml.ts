/**
 * npm run check-musicxml [-- FILE|FOLDER…]: what other programs make of our MusicXML. Every file must be valid by the schema (xmllint),
 * be imported by MuseScore without a message and exported again with the same notes, and be read by Verovio and musicxml-io with as many
 * notes. Without files these are written and checked: generated pieces as they are, transposed, and as they might be misread, and what was read
 * on the pages that accuracy is measured on (`--keep FOLDER…` takes new results of recognise for these). What is not installed is skipped and
 * said. Exit status 1 if anything differs.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeMusicXml } from '../src/notation/musicxml.ts';
import type { Score } from '../src/notation/score.ts';
import { scoreFromPage, scoreFromPages } from '../src/notation/score-from-tokens.ts';
import { generatedPages } from '../src/notation/testing/generated-pages.ts';
import { misreadPages } from '../src/notation/testing/misread-pages.ts';
import { VOCABULARY } from '../src/notation/token.ts';
import { transposeScore } from '../src/notation/transpose.ts';
import { CHECKS } from './check-musicxml/checks.ts';
import { keepReadings, keptReadings } from './check-musicxml/readings.ts';

const PIECES = 6;
const TRANSPOSED = [0, 3];
/** What symbols are misread as: not what MuseScore cannot hold, dotted sixty-fourths in its ticks and drums within a piano's bar. */
const HELD = VOCABULARY.rhythm.slice(3).filter((rhythm) => !/sixty_fourth\.|percussion/.test(rhythm));

const named = process.argv.slice(2);
if (named[0] === '--keep') console.log(`${keepReadings(named.slice(1))} readings kept`);
else await check();

async function check(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'musicxml-'));
  try {
    await checkFiles(named.length > 0 ? named.flatMap(musicXmlIn) : written(join(folder, 'written')), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkFiles(files: readonly string[], folder: string): Promise<void> {
  if (files.length === 0) throw new Error('there is no MusicXML');
  let bad = 0;
  for (const { name, run } of CHECKS) {
    const outcome = await run(files, folder);
    if ('skipped' in outcome) console.log(`${name}: skipped, ${outcome.skipped}`);
    else {
      const { complaints, note } = outcome;
      bad += complaints.length;
      const verdict = complaints.length > 0 ? `${complaints.length} complaints` : 'well';
      console.log(`${name}: ${files.length} files, ${verdict}${note ? `; ${note}` : ''}`);
      for (const complaint of complaints) console.log(`  ${complaint}`);
    }
  }
  process.exitCode = bad > 0 ? 1 : 0;
}

function musicXmlIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.musicxml'))
    .sort()
    .map((name) => join(path, name));
}

function written(into: string): string[] {
  mkdirSync(into);
  const write = (name: string, score: Score): string => {
    const file = join(into, `${name}.musicxml`);
    writeFileSync(file, writeMusicXml(score, { title: basename(file) }));
    return file;
  };
  const generated = Array.from({ length: PIECES }, (_, seed) => {
    const score = scoreFromPages(generatedPages(seed));
    return [
      ...TRANSPOSED.map((semitones) =>
        write(`piece-${seed}-by-${semitones}`, transposeScore(score, semitones)),
      ),
      write(`misread-${seed}`, scoreFromPages(misreadPages(seed, HELD))),
    ];
  }).flat();
  return [...generated, ...keptReadings().map(({ name, systems }) => write(name, scoreFromPage(systems)))];
}
