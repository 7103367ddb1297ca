/** node --import tsx tools/icons.ts: renders the icons of the installed app from public/icon.svg. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const PUBLIC = join(import.meta.dirname, '../public');
const OUT = join(PUBLIC, 'icons');
const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8');

/** Masks may cut all but the middle four fifths: the paper goes to the edge, the drawing into the middle. */
function maskable(icon: string): string {
  const paper = /<rect [^>]*fill="([^"]+)"/.exec(icon)?.[1] ?? '#fff';
  return icon.replace(/<rect [^>]*\/>([\s\S]*)<\/svg>/, (_, drawing: string) => {
    const shrunk = `<g transform="translate(16 16) scale(0.8) translate(-16 -16)">${drawing}</g>`;
    return `<rect width="32" height="32" fill="${paper}"/>${shrunk}</svg>`;
  });
}

function render(icon: string, side: number, name: string): void {
  const picture = new Resvg(icon, { fitTo: { mode: 'width', value: side } }).render();
  writeFileSync(join(OUT, name), picture.asPng());
}

mkdirSync(OUT, { recursive: true });
render(svg, 192, '192.png');
render(svg, 512, '512.png');
render(maskable(svg), 512, 'maskable-512.png');
// Apple rounds the corners itself.
render(maskable(svg), 180, '180.png');
