import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { parse } from 'musicxml-io';
import { describe, expect, it } from 'vitest';
import { writeMusicXml, writeMxl } from './musicxml.ts';
import { readMusicXmlNotes, type SoundedNote } from './musicxml-notes.ts';
import { scoreFromPages } from './score-from-tokens.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { inOrder, notesOfScore } from './testing/sounded-notes.ts';

const SCHEMA = resolve(process.env.SCORELINE_DATA ?? '../shared', 'schema/musicxml.xsd');
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

describe('written MusicXML', () => {
  it('holds the notes of the score, by our own reader', () => {
    for (const seed of SEEDS) {
      const score = scoreFromPages(generatedPages(seed));
      expect(inOrder(readMusicXmlNotes(writeMusicXml(score)))).toEqual(inOrder(notesOfScore(score)));
    }
  }, 20_000);

  it('holds the notes of the score, by musicxml-io', () => {
    for (const seed of SEEDS) {
      const score = scoreFromPages(generatedPages(seed));
      expect(inOrder(notesByMusicXmlIo(writeMusicXml(score)))).toEqual(inOrder(notesOfScore(score)));
    }
  }, 20_000);

  it.skipIf(!existsSync(SCHEMA) || !hasXmllint())(
    'is valid against the schema of MusicXML 4.0 (skipped where that or xmllint is missing)',
    () => {
      const dir = mkdtempSync(join(tmpdir(), 'musicxml-'));
      try {
        const files = SEEDS.map((seed) => {
          const file = join(dir, `${seed}.musicxml`);
          writeFileSync(file, writeMusicXml(scoreFromPages(generatedPages(seed)), { title: 'A & "B" <c>' }));
          return file;
        });
        const empty = join(dir, 'empty.musicxml');
        writeFileSync(empty, writeMusicXml({ parts: [], bars: [] }));
        execFileSync('xmllint', ['--nonet', '--noout', '--schema', SCHEMA, ...files, empty], {
          stdio: 'pipe',
        });
      } finally {
        rmSync(dir, { recursive: true });
      }
    },
    20_000,
  );

  it('is the same within its compressed form', () => {
    const score = scoreFromPages(generatedPages(3));
    const files = unzipSync(writeMxl(score, { title: 'Étude' }));
    expect(Object.keys(files)[0]).toBe('mimetype');
    const decoder = new TextDecoder();
    expect(decoder.decode(files['META-INF/container.xml'])).toContain('full-path="score.musicxml"');
    expect(decoder.decode(files['score.musicxml'])).toBe(writeMusicXml(score, { title: 'Étude' }));
  });
});

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

function notesByMusicXmlIo(xml: string): SoundedNote[] {
  const notes: SoundedNote[] = [];
  let firstStaff = 0;
  for (const part of parse(xml).parts) {
    let [divisions, staves, barStart] = [1, 1, 0];
    for (const measure of part.measures) {
      divisions = measure.attributes?.divisions ?? divisions;
      staves = Math.max(staves, measure.attributes?.staves ?? 1);
      let [at, end, chordOnset] = [barStart, barStart, barStart];
      for (const entry of measure.entries) {
        if (entry.type === 'backup') at -= entry.duration / divisions;
        if (entry.type === 'forward') at += entry.duration / divisions;
        if (entry.type === 'note') {
          const length = entry.grace ? 0 : entry.duration / divisions;
          if (!entry.chord) chordOnset = at;
          const { pitch, unpitched } = entry;
          const step = pitch?.step ?? unpitched?.displayStep;
          if (step !== undefined) {
            const octave = pitch?.octave ?? unpitched?.displayOctave ?? 4;
            notes.push({
              staff: firstStaff + (entry.staff ?? 1) - 1,
              onset: chordOnset,
              duration: length,
              pitch: 12 * (octave + 1) + (SEMITONES[step] ?? 0) + (pitch?.alter ?? 0),
            });
          }
          if (!entry.chord) at += length;
        }
        end = Math.max(end, at);
      }
      barStart = end;
    }
    firstStaff += staves;
  }
  return notes;
}
