import { existsSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import type { GreyImage } from '../page/image.ts';

/** Text faces that common systems carry; those that exist are used, and text falls silent where none does. */
const FONT_FILES = [
  '/usr/share/fonts/opentype/urw-base35/C059-Roman.otf',
  '/usr/share/fonts/opentype/urw-base35/C059-Bold.otf',
  '/usr/share/fonts/opentype/urw-base35/C059-Italic.otf',
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf',
  '/System/Library/Fonts/Supplemental/Times New Roman.ttf',
  '/System/Library/Fonts/Supplemental/Arial.ttf',
].filter((file) => existsSync(file));

/** Draws a page's SVG in grey, `scale` times its own size, black on white. In Node only. */
export function rasterise(page: { svg: string }, scale = 1): GreyImage {
  const image = new Resvg(page.svg, {
    background: 'white',
    fitTo: scale === 1 ? { mode: 'original' } : { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: FONT_FILES,
      defaultFontFamily: 'Liberation Serif',
      serifFamily: 'Liberation Serif',
      sansSerifFamily: 'Liberation Sans',
    },
  }).render();
  const rgba = image.pixels;
  const data = new Uint8Array(image.width * image.height);
  // Ink has no colour: any channel tells the grey.
  for (let i = 0; i < data.length; i++) data[i] = rgba[4 * i] ?? 255;
  return { width: image.width, height: image.height, data };
}
