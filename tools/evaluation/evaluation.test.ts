import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeMusicXml } from '../../src/notation/musicxml.ts';
import { scoreFromPage } from '../../src/notation/score-from-tokens.ts';
import { readSemantic } from '../../src/notation/semantic.ts';
import { collectCases } from './collect.ts';
import { measure } from './measure.ts';
import { writeReport } from './report.ts';

let dir: string;
let out: string;
let truth: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'evaluate-'));
  [out, truth] = [join(dir, 'out'), join(dir, 'truth')];
  mkdirSync(out);
  mkdirSync(truth);
});

afterEach(() => rmSync(dir, { recursive: true }));

const LINE = 'clef-G2 keySignature-CM note-C4_quarter note-E4_quarter barline';
const WRONG = 'clef-G2 keySignature-CM note-C4_quarter note-D4_quarter barline';

function evaluated() {
  return measure(collectCases(out, truth));
}

describe('an evaluation', () => {
  it('finds truth in truth.json by the name of the photo', () => {
    writeFileSync(
      join(truth, 'truth.json'),
      JSON.stringify({ 'a.jpeg': [LINE.split(' '), LINE.split(' ')] }),
    );
    writeFileSync(join(out, 'a.semantic'), `${LINE}\n${WRONG}\n`);
    const { text, staves } = evaluated();
    expect(text.merged).toEqual({ errors: 1, total: 10 });
    expect(staves).toEqual({ truth: 2, read: 2, missed: 0, invented: 0 });
  });

  it('counts a page without reading as missed, and an empty reading too', () => {
    writeFileSync(join(truth, 'a.semantic'), LINE);
    writeFileSync(join(truth, 'b.semantic'), LINE);
    writeFileSync(join(out, 'b.semantic'), '');
    const { text, staves, cases } = evaluated();
    expect(text.merged).toEqual({ errors: 10, total: 10 });
    expect(staves.missed).toBe(2);
    expect(cases.map(({ page }) => page.reading !== undefined)).toEqual([false, true]);
  });

  it('compares every branch with the tokens of a truth', () => {
    writeFileSync(join(truth, 'a.tokens.json'), JSON.stringify([readSemantic(LINE)]));
    const tokens = readSemantic(WRONG).map((token) => ({ ...token, p: 0.9, x: 1, y: 2, alternatives: [] }));
    writeFileSync(
      join(out, 'a.json'),
      JSON.stringify({ systems: [{ staves: [{ box: [0, 0, 1, 1], tokens }] }] }),
    );
    const { branches, text } = evaluated();
    expect(branches?.branches.pitch).toEqual({ errors: 1, total: 2 });
    expect(branches?.branches.rhythm.errors).toBe(0);
    expect(text.merged).toEqual({ errors: 1, total: 5 });
  });

  it('compares two MusicXML files by their notes', () => {
    const xml = (line: string) =>
      writeMusicXml(scoreFromPage([{ staves: [readSemantic(line)], braces: [] }]));
    writeFileSync(join(truth, 'a.musicxml'), xml(LINE));
    writeFileSync(join(out, 'a.musicxml'), xml(WRONG));
    expect(evaluated().musicxml?.onset).toEqual({ truth: 2, reading: 2, right: 1 });
    const files = measure(collectCases(join(out, 'a.musicxml'), join(truth, 'a.musicxml')));
    expect(files.musicxml?.duration.right).toBe(1);
  });

  it('says which file is broken', () => {
    writeFileSync(join(truth, 'a.tokens.json'), '[[{"rhythm":"nonsense"}]]');
    expect(() => evaluated()).toThrow('token without a valid rhythm');
    writeFileSync(join(truth, 'a.tokens.json'), '[[');
    expect(() => evaluated()).toThrow('a.tokens.json');
  });

  it('makes a report that needs nothing else', async () => {
    writeFileSync(join(truth, 'a.semantic'), LINE);
    writeFileSync(join(out, 'a.semantic'), WRONG);
    const path = await writeReport(join(dir, 'report'), evaluated(), 'SER < 50 %');
    const html = readFileSync(path, 'utf8');
    expect(html).toContain('SER &lt; 50 %');
    expect(html).toContain('<b>D4 note-quarter</b>');
    expect(html).not.toMatch(/src="(?!data:)|href=|<script/);
  });
});
