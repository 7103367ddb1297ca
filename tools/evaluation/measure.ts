import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import {
  addBranchErrors,
  type BranchErrors,
  branchErrors,
  NO_BRANCH_ERRORS,
  pairedStaves,
} from '../../src/notation/branch-errors.ts';
import { type Convention, conventionOf } from '../../src/notation/convention.ts';
import {
  addErrors,
  NO_ERRORS,
  type PageErrors,
  pageErrors,
  type StaffErrors,
} from '../../src/notation/error-rates.ts';
import { readMusicXmlNotes } from '../../src/notation/musicxml-notes.ts';
import { matchNotes, type NoteMatch, type NoteMatches } from '../../src/notation/note-match.ts';
import { scoreFromPage } from '../../src/notation/score-from-tokens.ts';
import { addClassCounts, type ClassCounts, classCounts } from '../../src/notation/symbol-classes.ts';
import type { Case, PageReading } from './collect.ts';

export interface MeasuredCase {
  page: Case;
  text?: PageErrors;
  branches?: BranchErrors;
  classes?: ClassCounts;
  bars: BarCount;
  musicxml?: NoteMatches;
}

/** Bars of all staves as they were read, and how many of them add up. */
export interface BarCount {
  all: number;
  fitting: number;
}

export interface Measurement {
  cases: MeasuredCase[];
  convention: Convention;
  staves: { truth: number; read: number; missed: number; invented: number };
  text: StaffErrors;
  branches?: BranchErrors;
  classes?: ClassCounts;
  bars: BarCount;
  musicxml?: NoteMatches;
}

/** Compares every page with its truth. What the truth writes down at all is decided over the whole set. */
export function measure(pages: readonly Case[]): Measurement {
  const convention = conventionOf(pages.flatMap(({ truth }) => truth.semantic ?? []));
  const cases = pages.map((page) => measureCase(page, convention));
  const texts = cases.flatMap(({ text }) => (text ? [text] : []));
  const branches = cases.flatMap((one) => (one.branches ? [one.branches] : []));
  const classes = cases.flatMap((one) => (one.classes ? [one.classes] : []));
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
    ...(classes.length > 0 ? { classes: classes.reduce(addClassCounts) } : {}),
    bars: {
      all: cases.reduce((sum, { bars }) => sum + bars.all, 0),
      fitting: cases.reduce((sum, { bars }) => sum + bars.fitting, 0),
    },
    ...(scores.length > 0
      ? {
          musicxml: {
            beat: scores.map(({ beat }) => beat).reduce(addMatches),
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
  // A reading in text alone says nothing about branches; no reading at all has missed everything.
  const tokens = truth.tokens && (!reading || reading.tokens) ? truth.tokens : undefined;
  const pairs = tokens && pairedStaves(tokens, reading?.tokens ?? []);
  return {
    page,
    ...(truth.semantic ? { text: pageErrors(truth.semantic, reading?.semantic ?? [], convention) } : {}),
    ...(tokens ? { branches: branchErrors(tokens, reading?.tokens ?? []) } : {}),
    ...(pairs
      ? {
          classes: pairs
            .map((pair) => classCounts(pair.truth, pair.reading))
            .reduce(addClassCounts, new Map()),
        }
      : {}),
    bars: barsRead(reading),
    ...(truth.musicxml ? { musicxml: matchNotes(notes(truth.musicxml), notes(reading?.musicxml)) } : {}),
  };
}

/** Bars of a reading, counted on every staff, that hold what their metre asks for (or may be short where they stand). */
function barsRead(reading: PageReading | undefined): BarCount {
  const rest = [...(reading?.tokens ?? [])];
  const systems = (reading?.systems ?? []).map((size) => ({ staves: rest.splice(0, size), braces: [] }));
  const bars = scoreFromPage(systems).parts.flatMap(({ staves }) => staves.flatMap((staff) => staff.bars));
  const present = bars.filter(({ absent }) => !absent);
  return { all: present.length, fitting: present.filter(({ irregular }) => !irregular).length };
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
