import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { staffFaults } from './check-staff.ts';
import { corpusFiles, excerptPage, loadScore } from './corpus.ts';
import { createEngraver } from './engrave.ts';
import { countMeasures, measureWindow } from './musicxml-window.ts';
import { createRandom } from './random.ts';

const folder = join(process.env.SCORELINE_DATA ?? '../shared', 'corpus');
const present = existsSync(join(folder, 'INDEX.tsv'));
if (!present) console.warn(`no corpus in ${folder}: its tests are skipped`);

describe('the corpus', () => {
  test('keeps the 10th, 20th, … composer for measuring', () => {
    const made = mkdtempSync(join(tmpdir(), 'corpus-'));
    const rows = Array.from(
      { length: 25 },
      (_, i) => `lieder/${i}.mxl\tscores/Composer_${i % 23}/_/Song/a.mxl\t1`,
    );
    writeFileSync(join(made, 'INDEX.tsv'), `file\tsource_path\tbytes\n${rows.join('\n')}\n`);
    expect(corpusFiles(made, 'held-out')).toEqual([join(made, 'lieder/9.mxl'), join(made, 'lieder/19.mxl')]);
    expect(corpusFiles(made, 'train')).toHaveLength(23);
    expect(corpusFiles(join(made, 'nowhere'), 'train')).toEqual([]);
  });

  test.skipIf(!present)('shares no composer between training and measuring', () => {
    const composerOf = new Map(
      readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
        .split('\n')
        .map((line) => line.split('\t'))
        .map(([file = '', source = '']) => [join(folder, file), source.split('/')[1] ?? '']),
    );
    const train = new Set(corpusFiles(folder, 'train').map((file) => composerOf.get(file)));
    const heldOut = new Set(corpusFiles(folder, 'held-out').map((file) => composerOf.get(file)));
    expect(heldOut.size).toBeGreaterThan(0);
    expect([...heldOut].filter((composer) => train.has(composer))).toEqual([]);
  });

  test.skipIf(!present)(
    'gives pages whose symbols lie where their labels say',
    async () => {
      const engraver = await createEngraver();
      const score = loadScore(engraver, join(folder, 'lieder/lieder-0300.mxl'), createRandom(1));
      const pages = Array.from({ length: 4 }, (_, i) =>
        excerptPage(engraver, score, createRandom(i)),
      ).flatMap((page) => page ?? []);
      expect(pages.length).toBeGreaterThan(0);
      expect(pages.flatMap(({ staves }) => staves.flatMap(staffFaults))).toEqual([]);
      expect(pages.flatMap(({ dropped }) => dropped)).toEqual([]);
    },
    60_000,
  );
});

describe('a window of a long score', () => {
  const measure = (n: number, inner = '') => `<measure number="${n}">${inner}<note/></measure>`;
  const attributes = (fifths: number, clef: string) =>
    `<attributes><divisions>2</divisions><key><fifths>${fifths}</fifths></key><clef number="1"><sign>${clef}</sign></clef></attributes>`;
  const xml = `<score-partwise><part id="P1">${measure(1, attributes(0, 'G'))}${measure(2, attributes(3, 'F'))}${measure(3)}${measure(4)}</part></score-partwise>`;

  test('keeps what is in force where it begins', () => {
    expect(countMeasures(xml)).toBe(4);
    const cut = measureWindow(xml, 2, 1);
    expect(countMeasures(cut)).toBe(1);
    expect(cut).toContain(
      '<measure number="3"><attributes><divisions>2</divisions><key><fifths>3</fifths></key>',
    );
    expect(cut).toContain('<sign>F</sign>');
    expect(cut).not.toContain('<sign>G</sign>');
  });

  test('is the score itself where it begins at the beginning', () => {
    expect(measureWindow(xml, 0, 4)).toBe(xml);
  });
});
