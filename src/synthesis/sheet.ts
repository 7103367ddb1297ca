import type { Point } from '../page/image.ts';
import { spaces } from './page-plan.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

/** A page put together from drawings: SVG inside, size and each drawing's offset in px at natural size. */
export type Sheet = { body: string; width: number; height: number; offsets: Point[] };

type Drawing = { svg: string; width: number; height: number };

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function text(content: string, x: number, y: number, size: number, attributes: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size.toFixed(1)}" ${attributes}>${escapeText(content)}</text>`;
}

/** Drawings one below the other, with title, exercise numbers, verses and a page number around them. */
export function stackSheets(
  random: Random,
  look: { title: boolean; numbered: boolean; verses: boolean },
  drawings: readonly Drawing[],
): Sheet {
  const family = random.pick(['serif', 'sans-serif']);
  const face = `font-family="${family}"`;
  const width = Math.max(...drawings.map((drawing) => drawing.width));
  const offsets: Point[] = [];
  let body = '';
  let y = spaces(random.range(0, 3));
  if (look.title) {
    y += spaces(3);
    body += text(
      words.title(random),
      width / 2,
      y,
      spaces(random.range(1.8, 3.2)),
      `${face} text-anchor="middle"${random.chance(0.5) ? ' font-weight="bold"' : ''}`,
    );
    y += spaces(random.range(0.5, 2));
    if (random.chance(0.4))
      body += text(words.composer(random), width - spaces(6), y, spaces(1.3), `${face} text-anchor="end"`);
  }
  let number = random.int(1, 120);
  drawings.forEach((drawing, i) => {
    if (look.numbered) {
      const size = spaces(random.range(1.2, 1.6));
      body += text(`${number++}${random.pick(['.', '.', ')', ''])}`, spaces(5), y + size, size, `${face}`);
    }
    if (look.numbered && i > 0) y += spaces(random.range(-1, 1));
    offsets.push({ x: 0, y });
    const svg = drawing.svg
      .replace(
        /<svg width="[\d.]+px" height="[\d.]+px"/,
        `<svg x="0" y="${y.toFixed(2)}" width="${drawing.width}" height="${drawing.height}"`,
      )
      .replace('font-family="Times, serif"', `font-family="${family}"`)
      // Verovio's hairline around every glyph doubles the time to draw and shows nowhere.
      .replace(/<style type="text\/css">(#\w+) /, '<style type="text/css">$1 defs path {stroke:none}$1 ');
    body += svg.slice(svg.indexOf('<svg'));
    y += drawing.height;
  });
  if (look.verses) {
    const size = spaces(random.range(1.2, 1.6));
    for (let line = 0; line < random.int(4, 9); line++) {
      const next = words.syllables(random);
      let verse = '';
      for (let i = 0; i < 14; i++) {
        const { text: syllable, hyphen } = next();
        verse += syllable + (hyphen ? '' : ' ');
      }
      y += size * 1.3;
      body += text(verse, spaces(8), y, size, face);
    }
    y += spaces(2);
  }
  if (random.chance(0.5)) {
    y += spaces(2);
    body += text(
      String(random.int(1, 300)),
      random.chance(0.5) ? width / 2 : spaces(6),
      y,
      spaces(1.3),
      face,
    );
  }
  return { body, width, height: y + spaces(random.range(1, 4)), offsets };
}
