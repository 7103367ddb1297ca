import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import {
  addBranchErrors,
  type BranchErrors,
  branchErrors,
  NO_BRANCH_ERRORS,
} from '../../src/notation/branch-errors.ts';
import {
  addErrors,
  type Convention,
  conventionOf,
  NO_ERRORS,
  type PageErrors,
  pageErrors,
  type StaffErrors,
} from '../../src/notation/error-rates.ts';
import { matchNotes, type NoteMatch, readMusicXmlNotes } from '../../src/notation/musicxml-notes.ts';
import type { Case } from './collect.ts';

export interface MeasuredCase {
  page: Case;
  text?: PageErrors;
  branches?: BranchErrors;
  musicxml?: { onset: NoteMatch; duration: NoteMatch };
}

export interface Measurement {
  cases: MeasuredCase[];
  convention: Convention;
  staves: { truth: number; read: number; missed: number; invented: number };
  text: StaffErrors;
  branches?: BranchErrors;
  musicxml?: { onset: NoteMatch; duration: NoteMatch };
}

/** Compares every page with its truth. What the truth writes down at all is decided over the whole set. */
export function measure(pages: readonly Case[]): Measurement {
  const convention = conventionOf(pages.flatMap(({ truth }) => truth.semantic ?? []));
  const cases = pages.map((page) => measureCase(page, convention));
  const texts = cases.flatMap(({ text }) => (text ? [text] : []));
  const branches = cases.flatMap((one) => (one.branches ? [one.branches] : []));
  const scores = cases.flatMap(({ musicxml }) => (musicxml ? [musicxml] : []));
  const staves = texts.flatMap((text) => text.staves);
  return {
    cases,
    convention,
    staves: {
      truth: staves.filter(({ truth }) => truth !== undefined).length,
      read: staves.filter(({ reading }) => reading !== undefined).length,
      missed: texts.reduce((sum, { missed }) => sum + missed, 0),
      invented: texts.reduce((sum, { invented }) => sum + invented, 0),
    },
    text: texts.map(({ total }) => total).reduce(addErrors, NO_ERRORS),
    ...(branches.length > 0 ? { branches: branches.reduce(addBranchErrors, NO_BRANCH_ERRORS) } : {}),
    ...(scores.length > 0
      ? {
          musicxml: {
            onset: scores.map(({ onset }) => onset).reduce(addMatches),
            duration: scores.map(({ duration }) => duration).reduce(addMatches),
          },
        }
      : {}),
  };
}

function measureCase(page: Case, convention: Convention): MeasuredCase {
  const { truth, reading } = page;
  const notes = (path: string | undefined) => (path ? readMusicXmlNotes(readMusicXmlFile(path)) : []);
  return {
    page,
    ...(truth.semantic ? { text: pageErrors(truth.semantic, reading?.semantic ?? [], convention) } : {}),
    // A reading in text alone says nothing about branches; no reading at all has missed everything.
    ...(truth.tokens && (!reading || reading.tokens)
      ? { branches: branchErrors(truth.tokens, reading?.tokens ?? []) }
      : {}),
    ...(truth.musicxml ? { musicxml: matchNotes(notes(truth.musicxml), notes(reading?.musicxml)) } : {}),
  };
}

function addMatches(a: NoteMatch, b: NoteMatch): NoteMatch {
  return { truth: a.truth + b.truth, reading: a.reading + b.reading, right: a.right + b.right };
}

/** Text of a `.musicxml` file, or of the score inside an `.mxl`. */
export function readMusicXmlFile(path: string): string {
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes.toString('utf8');
  const files = unzipSync(bytes);
  const decoder = new TextDecoder();
  const container = decoder.decode(files['META-INF/container.xml'] ?? new Uint8Array());
  const [, root] = /full-path="([^"]+)"/.exec(container) ?? [];
  const score = files[root ?? ''];
  if (!score) throw new Error(`${path}: an .mxl without a score`);
  return decoder.decode(score);
}
