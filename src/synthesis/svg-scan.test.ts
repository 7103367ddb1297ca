import { describe, expect, test } from 'vitest';
import { pathBox } from './svg-glyphs.ts';
import { scanSvg } from './svg-scan.ts';

const SVG = `<svg width="100px" height="50px" version="1.1"><defs><g id="E0A4-a"><path transform="scale(1,-1)" d="M0 -100c0 50 100 200 200 200l0 -200z" /></g></defs>
<svg class="definition-scale" viewBox="0 0 1000 500"><g class="page-margin" transform="translate(50, 20)"><g id="s" class="system">
<g class="ending"><g class="voltaBracket"><path d="M300 10 L500 10" /></g></g>
<g id="b1" class="measure"><g id="st" class="staff">
<path d="M0 100 L400 100" stroke-width="1" /><path d="M0 120 L400 120" /><path d="M0 140 L400 140" /><path d="M0 160 L400 160" /><path d="M0 180 L400 180" />
<g id="c" class="clef"><use xlink:href="#E0A4-a" transform="translate(10, 160) scale(0.1, 0.1)" /></g>
<g id="l" class="layer"><g id="n1" class="note"><g class="notehead"><use xlink:href="#E0A4-a" transform="translate(100, 140) scale(0.5, 0.5)" /></g><g id="x" class="stem"><path d="M0 0 L900 900" /></g></g>
<g id="r1" class="multiRest"><rect x="200" y="130" height="20" width="100" /></g></g>
<g id="k" class="keySig"></g></g>
<g id="bl0" class="barLine" /><g id="bl" class="barLine"><path d="M350 100 L350 180" /></g></g></g></g></svg></svg>`;

describe('reading a drawing', () => {
  const page = scanSvg(SVG);
  const [system] = page.systems;
  const [measure] = system?.measures ?? [];
  const [staff] = measure?.staves ?? [];

  test('finds lines, ends and size in px of the page', () => {
    expect([page.width, page.height]).toEqual([100, 50]);
    expect(staff?.lines).toEqual([12, 14, 16, 18, 20]);
    expect([staff?.x0, staff?.x1]).toEqual([5, 45]);
  });

  test('gives a head the box of its glyph, not of its stem', () => {
    expect(page.boxes.get('n1')).toEqual({ x0: 15, x1: 25, y0: 11, y1: 21 });
    expect(page.boxes.get('r1')).toEqual({ x0: 25, x1: 35, y0: 15, y1: 17 });
  });

  test('tells signs before the bar from those after it, and drawn bar lines from empty ones', () => {
    expect(staff?.before.map(({ kind }) => kind)).toEqual(['clef']);
    expect(staff?.after.map(({ kind }) => kind)).toEqual(['keySig']);
    expect(measure?.barLines).toEqual([{ x0: 40, x1: 40, y0: 12, y1: 20 }]);
    expect(system?.endings).toHaveLength(1);
  });
});

test('the box of a path follows relative and absolute commands', () => {
  expect(pathBox('M10 10l5 -5h10v20H0z')).toEqual({ x0: 0, y0: 5, x1: 25, y1: 25 });
  expect(pathBox('M0,0 C1,2 3,-4 5,0')).toEqual({ x0: 0, y0: -4, x1: 5, y1: 2 });
});
