import type { Random } from './random.ts';

/** Verovio's staff space at scale 100 and the unit that we always use, in px. */
export const NATURAL_SPACE = 18;

export type LayoutOptions = Record<string, string | number | boolean>;

const FONTS: [string, number][] = [
  ['Leipzig', 3],
  ['Bravura', 3],
  ['Leland', 3],
  ['Gootville', 2],
  ['Petaluma', 1],
];

/** Engraving options of a page: font, thicknesses and spacings. `widthSpaces` is the length of a full system in staff spaces. */
export function pickLayout(random: Random, widthSpaces: number): LayoutOptions {
  const spread = (middle: number, factor: number) =>
    middle * Math.exp(random.range(-1, 1) * Math.log(factor));
  return {
    unit: NATURAL_SPACE / 2,
    scale: 100,
    breaks: 'auto',
    adjustPageHeight: true,
    header: 'none',
    footer: 'none',
    smuflTextFont: 'none',
    svgFormatRaw: true,
    condense: 'none',
    // Taller than wide, as paper is; what does not fit on the first page is not drawn.
    pageHeight: Math.round(widthSpaces * NATURAL_SPACE * random.range(1.2, 1.6)),
    pageWidth: Math.round(widthSpaces * NATURAL_SPACE) + 200,
    pageMarginLeft: 100,
    pageMarginRight: 100,
    pageMarginTop: 60,
    pageMarginBottom: 60,
    font: random.weighted(FONTS),
    spacingLinear: random.range(0.15, 0.4),
    spacingNonLinear: random.range(0.5, 0.7),
    spacingStaff: random.int(5, 16),
    spacingSystem: random.int(3, 14),
    staffLineWidth: spread(0.15, 1.4),
    barLineWidth: spread(0.3, 1.6),
    stemWidth: spread(0.2, 1.5),
    ledgerLineThickness: spread(0.25, 1.5),
    ledgerLineExtension: random.range(0.35, 0.75),
    thickBarlineThickness: spread(1, 1.4),
    barLineSeparation: random.range(0.6, 1.1),
    repeatBarLineDotSeparation: random.range(0.3, 0.6),
    repeatEndingLineThickness: random.range(0.12, 0.3),
    beamMaxSlope: random.int(2, 18),
    slurCurveFactor: random.range(0.6, 1.6),
    slurMidpointThickness: spread(0.6, 1.5),
    tieMidpointThickness: spread(0.5, 1.5),
    hairpinSize: random.range(2, 4),
    lyricSize: random.range(3.6, 5.5),
    graceFactor: random.range(0.6, 0.85),
    tupletBracketThickness: random.range(0.12, 0.35),
    tupletNumHead: random.chance(0.3),
    multiRestStyle: random.pick(['auto', 'block', 'symbols', 'default']),
    measureMinWidth: random.int(5, 20),
    mnumInterval: random.weighted([
      [0, 3],
      [1, 1],
      [5, 1],
    ]),
    noJustification: random.chance(0.15),
    minLastJustification: random.pick([0, 0.5, 0.8, 1]),
    leftMarginClef: random.range(0.6, 1.5),
    // Old and dense prints set clef, key and metre all but touching.
    rightMarginClef: random.range(0.2, 1),
    leftMarginKeySig: random.range(0, 1),
    rightMarginKeySig: random.range(0, 1.6),
    leftMarginMeterSig: random.range(0, 1),
    rightMarginMeterSig: random.range(0.6, 1.8),
    leftMarginAccid: random.range(0.7, 1.2),
    rightMarginAccid: random.range(0.3, 0.8),
    leftMarginNote: random.range(0.8, 1.4),
  };
}
