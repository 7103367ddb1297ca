import { existsSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import type { GreyImage } from '../page/image.ts';

type Faces = { serif: string; sans: string; files: string[] };

/** Text faces that common systems carry. Few files, since the rasteriser reads them again for every page. */
const KNOWN_FACES: Faces[] = [
  {
    serif: 'Liberation Serif',
    sans: 'Liberation Sans',
    files: ['Serif-Regular', 'Serif-Bold', 'Serif-Italic', 'Sans-Regular'].map(
      (name) => `/usr/share/fonts/truetype/liberation/Liberation${name}.ttf`,
    ),
  },
  {
    serif: 'DejaVu Serif',
    sans: 'DejaVu Sans',
    files: ['DejaVuSerif', 'DejaVuSerif-Bold', 'DejaVuSans'].map(
      (name) => `/usr/share/fonts/truetype/dejavu/${name}.ttf`,
    ),
  },
  {
    serif: 'Times New Roman',
    sans: 'Arial',
    files: ['Times New Roman', 'Times New Roman Bold', 'Times New Roman Italic', 'Arial'].map(
      (name) => `/System/Library/Fonts/Supplemental/${name}.ttf`,
    ),
  },
];

/** The first faces that this machine has; where it has none, text stays out of the picture. */
const faces = KNOWN_FACES.find(({ files }) => files.every((file) => existsSync(file)));

/** Draws a page's SVG in grey, `scale` times its own size, black on white. In Node only. */
export function rasterise(page: { svg: string }, scale = 1): GreyImage {
  const image = new Resvg(page.svg, {
    background: 'white',
    fitTo: scale === 1 ? { mode: 'original' } : { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: faces?.files ?? [],
      defaultFontFamily: faces?.serif ?? '',
      serifFamily: faces?.serif ?? '',
      sansSerifFamily: faces?.sans ?? '',
    },
  }).render();
  const rgba = image.pixels;
  const data = new Uint8Array(image.width * image.height);
  // Ink has no colour: any channel tells the grey.
  for (let i = 0; i < data.length; i++) data[i] = rgba[4 * i] ?? 255;
  return { width: image.width, height: image.height, data };
}
