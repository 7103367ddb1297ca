/**
 * Writes public/samples/home/strip.svg: a staff of a sample page with what the reader recognised on it, lifting off and
 * settling as engraved notes, once. Run by hand when the weights change: npx tsx tools/home-strip.ts [PHOTO [STAFF]]
 * It is one file without scripts: the photo, the marks and the engraving are in it, and so is the movement.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { VerovioToolkit } from 'verovio/esm';
import createVerovioModule from 'verovio/wasm';
import { loadReader } from '../src/inference/tromr/reader.ts';
import type { StaffReading } from '../src/inference/tromr/reading.ts';
import { recognise } from '../src/inference/tromr/recognise.ts';
import glyphs from '../src/ui/read/glyphs.json' with { type: 'json' };
import { type Mark, type Shape, staffMarks } from '../src/ui/read/marks.ts';
import { newStaff, shownTokens } from '../src/ui/read/staves.ts';
import { musicXmlOf } from '../src/workers/write-score.ts';
import { ROOT } from './build.ts';
import { folderSource, startNodeEngine } from './node-engine.ts';

const [photo = join(ROOT, 'public/samples/scores/bass-line.jpg'), staffNumber = '1'] = process.argv.slice(2);
/** Width of the drawing, and the height of the engraved staff under the photo, px. */
const WIDTH = 960;
const ENGRAVED = 150;
/** Symbols follow one another from left to right within this time, s. */
const SWEEP = 1.8;
const INK = 0.4;
const FLIGHT = 0.7;

const { data, info } = await sharp(photo).rotate().greyscale().raw().toBuffer({ resolveWithObject: true });
const engine = await startNodeEngine('wasm');
const reader = await loadReader(folderSource(join(ROOT, 'public/models/tromr')));
const image = { width: info.width, height: info.height, data: new Uint8Array(data) };
const result = await recognise(engine, reader, image, {});
if (!result.ok) throw new Error(result.message);
const staff = result.page.systems.flatMap(({ staves }) => staves)[Number(staffNumber) - 1];
if (!staff) throw new RangeError(`${photo} has no staff ${staffNumber}`);

const crop = cropAround(staff);
const scale = WIDTH / crop.width;
const height = Math.round(crop.height * scale);
const picture = await sharp(photo)
  .rotate()
  .extract(crop)
  .resize(Math.min(2 * WIDTH, crop.width))
  .jpeg({ quality: 72, mozjpeg: true })
  .toBuffer();
const marks = staffMarks(staff, shownTokens({ ...newStaff(staff), firm: staff.tokens, complete: true }));
const delayOf = (x: number) => SWEEP * Math.min(Math.max((x - crop.left) / crop.width, 0), 1);

const folder = join(ROOT, 'public/samples/home');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'strip.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + ENGRAVED}">
<style>
svg{color:#1c1b1f}
@media (prefers-color-scheme:dark){svg{color:#eceae4}}
.mark{fill:#c8402b;stroke:#c8402b}
.lines path{stroke:currentColor}
.flies{fill:currentColor;color:inherit}
@media (prefers-reduced-motion:no-preference){
.mark{animation:ink ${INK}s ease-out backwards,rest 1s ease-out ${SWEEP + INK + FLIGHT}s forwards}
.flies{animation:settle ${FLIGHT}s ease-out backwards}
.lines{animation:appear .6s ease-out backwards}
}
@keyframes ink{from{opacity:0}}
@keyframes rest{to{opacity:.55}}
@keyframes settle{from{opacity:0;transform:translateY(-1400px)}}
@keyframes appear{from{opacity:0}}
</style>
<image href="data:image/jpeg;base64,${picture.toString('base64')}" width="${WIDTH}" height="${height}" opacity=".62"/>
<g transform="scale(${scale.toFixed(4)}) translate(${-crop.left} ${-crop.top})">${marks.map(drawMark).join('')}</g>
${engraved(await engrave(staff))}
</svg>
`,
);

/** The staff with four spaces above and below, within the picture. */
function cropAround({ box: [x, y, width, boxHeight] }: StaffReading) {
  const space = boxHeight / 4;
  const left = Math.max(0, Math.round(x - 1.5 * space));
  const top = Math.max(0, Math.round(y - 3.5 * space));
  const right = Math.min(info.width, Math.round(x + width + 1.5 * space));
  const bottom = Math.min(info.height, Math.round(y + boxHeight + 3.5 * space));
  return { left, top, width: right - left, height: bottom - top };
}

function drawMark({ x, y, angle, space, shapes }: Mark): string {
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(2)}) scale(${space.toFixed(2)})`;
  return `<g class="mark" style="animation-delay:${delayOf(x).toFixed(2)}s" transform="${place}">${shapes.map(drawShape).join('')}</g>`;
}

function drawShape(shape: Shape): string {
  switch (shape.kind) {
    case 'glyph': {
      const glyph = Object.entries(glyphs).find(([name]) => name === shape.name)?.[1];
      const size = shape.scale / 250;
      const place = `translate(${(shape.x - (glyph?.cx ?? 0) * size).toFixed(2)} ${shape.y.toFixed(2)}) scale(${size})`;
      return glyph ? `<path stroke="none" transform="${place}" d="${glyph.d}"/>` : '';
    }
    case 'line':
      return `<path d="M${shape.x1} ${shape.y1}L${shape.x2} ${shape.y2}" stroke-width="${shape.width}"/>`;
    case 'curve':
      return `<path fill="none" d="M${shape.x} ${shape.y}q${shape.width / 2} ${shape.bend} ${shape.width} 0" stroke-width=".18"/>`;
    case 'dot':
      return `<circle stroke="none" cx="${shape.x}" cy="${shape.y}" r="${shape.r}"/>`;
    case 'text':
      return `<text stroke="none" x="${shape.x}" y="${shape.y}" font-size="1.9" text-anchor="middle">${shape.text}</text>`;
  }
}

async function engrave(one: StaffReading): Promise<string> {
  const toolkit = new VerovioToolkit(await createVerovioModule());
  toolkit.setOptions({
    scale: 40,
    pageWidth: 2400,
    pageHeight: 100,
    adjustPageHeight: true,
    pageMarginLeft: 40,
    pageMarginRight: 40,
    pageMarginTop: 60,
    pageMarginBottom: 40,
    breaks: 'none',
    adjustPageWidth: true,
    header: 'none',
    footer: 'none',
    svgViewBox: true,
    svgRemoveXlink: true,
  });
  toolkit.loadData(musicXmlOf([[{ staves: [one], braces: [] }]], 0));
  return toolkit.renderToSVG(1);
}

/** Verovio's drawing, placed under the photo; each symbol flies in when its mark has been inked. */
function engraved(svg: string): string {
  const tokenOf = (id: string) => Number(/^[ne]\d+-\d+-\d+-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
  const inner = svg
    .replace(/<style[\s\S]*?<\/style>/, '')
    .replace(/<desc>[\s\S]*?<\/desc>/, '')
    .replace(/ (?:color|font-family)="[^"]*"/g, '')
    .replace(/<g id="([^"]*)" class="(note|rest|mRest)"/g, (whole, id: string, kind: string) => {
      const x = staff?.tokens[tokenOf(id)]?.x;
      if (x === undefined) return whole;
      return `<g class="flies ${kind}" style="animation-delay:${(delayOf(x) + INK).toFixed(2)}s"`;
    })
    .replace('<svg ', `<svg x="0" y="${height}" width="${WIDTH}" height="${ENGRAVED}" fill="currentColor" `)
    .replace(/(<svg class="definition-scale")/, '$1 fill="currentColor"');
  return `<g class="lines">${inner}</g>`;
}
