import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
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

  it('counts the bars that add up as they were read, and errors by class of symbol', () => {
    const read = (line: string) =>
      readSemantic(line).map((token) => ({ ...token, p: 0.9, x: 1, y: 2, alternatives: [] }));
    const four = 'clef-G2 keySignature-CM timeSignature-2/4 note-C4_half barline';
    writeFileSync(
      join(truth, 'a.tokens.json'),
      JSON.stringify([readSemantic(`${four} note-E4_half barline`)]),
    );
    const tokens = read(`${four} note-E4_quarter barline note-E4_half barline`);
    const page = { systems: [{ staves: [{ box: [0, 0, 1, 1], lines: [], tokens }] }] };
    writeFileSync(join(out, 'a.json'), JSON.stringify(page));
    const { bars, classes } = evaluated();
    expect(bars).toEqual({ all: 3, fitting: 2 });
    expect(classes?.get('note, half')).toMatchObject({ truth: 2 });
    expect(classes?.get('metre')).toEqual({ truth: 1, wrong: 0, missed: 0, invented: 0 });
  });

  it('shows in its report the picture of a wrong staff with where the reader looked, and the draft', async () => {
    writeFileSync(join(truth, 'a.tokens.json'), JSON.stringify([readSemantic(LINE)]));
    const tokens = readSemantic(WRONG).map((token) => ({ ...token, p: 0.5, x: 40, y: 30, alternatives: [] }));
    const lines = Array.from({ length: 5 }, (_, line) => [0, 99].map((x) => [x, 20 + 5 * line]));
    const staff = { box: [0, 10, 100, 40], lines, tokens, draft: readSemantic(LINE) };
    const photo = { width: 100, height: 60 };
    writeFileSync(join(out, 'a.json'), JSON.stringify({ photo, systems: [{ staves: [staff] }] }));
    const raw = { width: 100, height: 60, channels: 1 as const };
    await sharp(new Uint8Array(6000).fill(255), { raw }).png().toFile(join(truth, 'a.png'));
    const html = readFileSync(await writeReport(join(dir, 'report'), evaluated(), ''), 'utf8');
    expect(html).toContain('<image href="data:image/jpeg;base64,');
    expect(html).toContain('<title>note-quarter D4 0.50</title>');
    expect(html).toContain('<th class="k">draft</th>');
    expect(html).toContain('Errors by class of symbol');
  });

  it('makes a report that needs nothing else', async () => {
    writeFileSync(join(truth, 'a.semantic'), LINE);
    writeFileSync(join(out, 'a.semantic'), WRONG);
    const path = await writeReport(join(dir, 'report'), evaluated(), 'SER < 50 %');
    const html = readFileSync(path, 'utf8');
    expect(html).toContain('SER &lt; 50 %');
    expect(html).toContain('<b>D4 note-quarter</b>');
    expect(html).not.toMatch(/(src|href)="(?!data:)|<script/);
  });
});
