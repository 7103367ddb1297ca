import type { VerovioToolkit } from 'verovio/esm';

/** Percent of Verovio's standard size (a staff space of 9 px): small enough for a phone, large enough to read. */
const SCALE = 40;

/**
 * One SVG for each line of the engraved score, so that the page can take them in one by one. Staves are as wide as the
 * pane (px); the notes keep the ids of the MusicXML.
 */
export function engraveLines(toolkit: VerovioToolkit, musicXml: string, width: number): string[] {
  toolkit.setOptions({
    scale: SCALE,
    pageWidth: Math.round((Math.max(width, 280) * 100) / SCALE),
    // Too low for two lines: every line becomes a page, cut to its height.
    pageHeight: 100,
    adjustPageHeight: true,
    pageMarginLeft: 30,
    pageMarginRight: 30,
    pageMarginTop: 40,
    pageMarginBottom: 40,
    breaks: 'auto',
    header: 'none',
    footer: 'none',
    svgViewBox: true,
    svgRemoveXlink: true,
    mnumInterval: 0,
  });
  if (!toolkit.loadData(musicXml)) throw new Error('Verovio could not load the score');
  return Array.from({ length: toolkit.getPageCount() }, (_, page) => toolkit.renderToSVG(page + 1));
}
