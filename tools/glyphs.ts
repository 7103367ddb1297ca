/**
 * Writes src/ui/read/glyphs.json: outlines of the music symbols that are drawn over a photo, from Leipzig (SIL Open Font
 * License), the font that comes with Verovio. Run by hand when a symbol is added: npx tsx tools/glyphs.ts
 * Units: 250 to a staff space, y downward. `cx` is the middle of the outline.
 */
import { writeFileSync } from 'node:fs';
import { VerovioToolkit } from 'verovio/esm';
import createVerovioModule from 'verovio/wasm';

const NAMES: Record<string, string> = {
  E050: 'clefG',
  E052: 'clefG8vb',
  E053: 'clefG8va',
  E05C: 'clefC',
  E062: 'clefF',
  E064: 'clefF8vb',
  E069: 'clefPercussion',
  E080: '0',
  E081: '1',
  E082: '2',
  E083: '3',
  E084: '4',
  E085: '5',
  E086: '6',
  E087: '7',
  E088: '8',
  E089: '9',
  E08A: 'common',
  E08B: 'cut',
  E0A1: 'headDoubleWhole',
  E0A2: 'headWhole',
  E0A3: 'headHalf',
  E0A4: 'headBlack',
  E260: 'b',
  E261: 'N',
  E262: '#',
  E263: '##',
  E264: 'bb',
  E4E2: 'restDoubleWhole',
  E4E3: 'restWhole',
  E4E4: 'restHalf',
  E4E5: 'restQuarter',
  E4E6: 'restEighth',
  E4E7: 'restSixteenth',
  E4E8: 'restThirtySecond',
  E4E9: 'restSixtyFourth',
  E4A0: 'accent',
  E4A2: 'staccato',
  E4A4: 'tenuto',
  E4A8: 'staccatissimo',
  E4AC: 'marcato',
  E4C0: 'fermata',
  E566: 'trill',
  E567: 'turn',
  E56D: 'mordent',
}; // prettier-ignore

const note = (attributes: string, inside = '') =>
  `<note oct="4" pname="a" stem.dir="down" ${attributes}>${inside}</note>`;
const artic = (name: string) => note('dur="4"', `<artic artic="${name}" place="above"/>`);
const sections = [
  ...[
    'shape="G" line="2"',
    'shape="G" line="2" dis="8" dis.place="below"',
    'shape="G" line="2" dis="8" dis.place="above"',
  ],
  ...[
    'shape="F" line="4"',
    'shape="F" line="4" dis="8" dis.place="below"',
    'shape="C" line="3"',
    'shape="perc"',
  ],
].map((clef) => [`<clef ${clef}/>`, '<meterSig count="4" unit="4"/>'] as const);
const meters = [
  'count="12" unit="3"',
  'count="56" unit="7"',
  'count="89" unit="10"',
  'sym="common"',
  'sym="cut"',
];
const staves = [
  ...sections.map(([clef]) => [clef, '<meterSig count="4" unit="4"/>'] as const),
  ...meters.map((meter) => ['<clef shape="G" line="2"/>', `<meterSig ${meter}/>`] as const),
];
const music = [
  ...['breve', '1', '2', '4'].map((dur) => note(`dur="${dur}" xml:id="x${dur}"`)),
  ...['f', 'n', 's', 'x', 'ff'].map((accid) => note(`dur="4" accid="${accid}"`)),
  ...['breve', '1', '2', '4', '8', '16', '32', '64'].map((dur) => `<rest dur="${dur}"/>`),
  ...['acc', 'stacc', 'ten', 'stacciss', 'marc'].map(artic),
].join('');
const mei = `<mei xmlns="http://www.music-encoding.org/ns/mei"><music><body><mdiv><score><scoreDef><staffGrp>${staves
  .map(([clef, meter], i) => `<staffDef n="${i + 1}" lines="5">${clef}${meter}</staffDef>`)
  .join('')}</staffGrp></scoreDef><section><measure n="1">${staves
  .map((_, i) => `<staff n="${i + 1}"><layer n="1">${i === 0 ? music : '<mRest/>'}</layer></staff>`)
  .join('')}
  <fermata startid="#x1" place="above"/><trill startid="#x2" place="above"/><turn startid="#x4" place="above"/><mordent startid="#xbreve" place="above"/>
  </measure></section></score></mdiv></body></music></mei>`;

const toolkit = new VerovioToolkit(await createVerovioModule());
toolkit.setOptions({ pageWidth: 10000, pageHeight: 10000, adjustPageHeight: true, font: 'Leipzig' });
toolkit.loadData(mei);
const svg = toolkit.renderToSVG(1);

const glyphs: Record<string, { d: string; cx: number }> = {};
for (const [, code, d] of svg.matchAll(
  /<g id="(E[0-9A-F]{3})-[^"]*">\s*<path transform="scale\(1,-1\)" d="([^"]*)"/g,
)) {
  const name = NAMES[code ?? ''];
  if (!name || !d) continue;
  const flipped = flip(d);
  glyphs[name] = { d: flipped.d, cx: Math.round((flipped.left + flipped.right) / 2) };
}
for (const name of Object.values(NAMES)) if (!glyphs[name]) console.error(`no outline of ${name}`);
const sorted = Object.fromEntries(Object.entries(glyphs).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(new URL('../src/ui/read/glyphs.json', import.meta.url), `${JSON.stringify(sorted, null, 1)}\n`);

/** The path with y turned over, and the ends of its points in x. */
function flip(path: string): { d: string; left: number; right: number } {
  let x = 0;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  const d = path.replace(
    /([MmLlHhVvCcSsQqTtZz])([^MmLlHhVvCcSsQqTtZz]*)/g,
    (_, command: string, rest: string) => {
      const numbers = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
      const kind = command.toLowerCase();
      const relative = kind === command;
      const turned = numbers.map((value, i) => {
        const vertical = kind === 'v' || (kind !== 'h' && i % 2 === 1);
        return vertical ? -value : value;
      });
      const size = { m: 2, l: 2, t: 2, h: 1, v: 1, c: 6, s: 4, q: 4 }[kind] ?? 0;
      for (let at = 0; size > 0 && kind !== 'v' && at + size <= numbers.length; at += size) {
        const end = numbers[at + (kind === 'h' ? 0 : size - 2)] ?? 0;
        x = relative ? x + end : end;
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
      return command + turned.join(' ');
    },
  );
  return { d, left, right };
}
