import { beforeAll, expect, test, vi } from 'vitest';
import { octaveLinesOf } from '../page/octave-lines.ts';
import { readPage } from '../page/read-page.ts';
import { createEngraver, type Engraver } from './engrave.ts';
import { rasterise } from './rasterise.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let engraver: Engraver;
beforeAll(async () => {
  engraver = await createEngraver();
});

const note = (id: string, step: string, octave: number) =>
  `<note xml:id="${id}" dur="4" pname="${step}" oct="${octave}"/>`;

/** Four bars of quarters on one staff, and what else stands at it. */
function page(extras: string, font = 'Leipzig') {
  const bars = [1, 2, 3, 4].map(
    (n) =>
      `<measure n="${n}"><staff n="1"><layer n="1">${['c', 'e', 'g', 'b']
        .map((step, k) => note(`b${n}n${k}`, step, 5))
        .join('')}</layer></staff>${n === 2 ? extras : ''}</measure>`,
  );
  const mei = `<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><music><body><mdiv><score>
    <scoreDef meter.count="4" meter.unit="4"><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef>
    <section>${bars.join('')}</section></score></mdiv></body></music></mei>`;
  engraver.toolkit.setOptions({
    font,
    scale: 60,
    pageWidth: 2100,
    pageHeight: 900,
    header: 'none',
    footer: 'none',
  });
  engraver.toolkit.loadData(mei);
  const image = rasterise({ svg: engraver.toolkit.renderToSVG(1) }, 1.5);
  const { systems } = readPage(image, { rotation: 0 });
  return octaveLinesOf(systems.flatMap(({ staves }) => staves)).flat();
}

const octave = (place: string) =>
  `<octave staff="1" startid="#b2n0" endid="#b3n3" dis="8" dis.place="${place}"/>`;

test.each(['Leipzig', 'Bravura', 'Leland'])('an octave line above or below a staff is seen in %s', (font) => {
  expect(page(octave('above'), font).map(({ side }) => side)).toEqual(['above']);
  expect(page(octave('below'), font).map(({ side }) => side)).toEqual(['below']);
});

test('it is found where it stands', () => {
  const [line] = page(octave('above'));
  // From the second bar to the end of the third: the middle half of the staff.
  expect(line && line.to.x - line.from.x).toBeGreaterThan(400);
});

test('hairpins, slurs, words, dashes after words and trills are none', () => {
  const others = [
    '<hairpin staff="1" startid="#b2n0" endid="#b3n3" form="cres" place="above"/>',
    '<slur staff="1" startid="#b2n0" endid="#b3n3" lform="dashed"/>',
    '<dynam staff="1" startid="#b2n0" endid="#b3n3" extender="true" place="below">cresc.</dynam>',
    '<tempo staff="1" startid="#b2n0" place="above">poco a poco rall. - - - - -</tempo>',
    '<trill staff="1" startid="#b2n0" endid="#b3n3" extender="true"/>',
    '',
  ];
  for (const extras of others) expect(page(extras), extras).toEqual([]);
});
