import { enableLog, LOG_OFF, VerovioToolkit } from 'verovio/esm';
import createVerovioModule from 'verovio/wasm';
import type { Token } from '../notation/token.ts';
import type { Point } from '../page/image.ts';
import { BEAMS, type BeamShape, pickBeamShape, reshapeBeams, VEROVIOS } from './beam-shapes.ts';
import { composePiece } from './compose-piece.ts';
import { staffLabels } from './labels.ts';
import { type LayoutOptions, NATURAL_SPACE } from './layout.ts';
import { writeMei } from './mei.ts';
import type { Piece } from './music.ts';
import { type BlockPlan, CANCELLING, type PagePlan, pickCancelling, pickPage } from './page-plan.ts';
import { createRandom, type Random } from './random.ts';
import { type Sheet, stackSheets } from './sheet.ts';
import { Mismatch, type PlacedStaff, placeStaff } from './svg-places.ts';
import { scanSvg } from './svg-scan.ts';

export type LabelledStaff = {
  /** What is printed, in reading order. */
  tokens: Token[];
  /** Middle of each token's symbol in px of the page; `chord` has the place of the symbol that follows it. */
  places: Point[];
  /** Ends of the staff and y of its lines from top to bottom, px of the page. */
  lines: { x0: number; x1: number; y: number[] };
  /** Distance of neighbouring lines, px of the page. */
  space: number;
  /** Which system of the page, and which staff of the system, from the top. */
  system: number;
  staffInSystem: number;
};

export type EngravedPage = {
  svg: string;
  /** Size of the page in px. */
  width: number;
  height: number;
  staves: LabelledStaff[];
  /** Why staves of the page are not among `staves`, one reason each. */
  dropped: string[];
  source: 'random' | 'corpus';
};

export type Engraver = { toolkit: VerovioToolkit };

/** Loads the engraver once; in Node and in a browser's worker alike. */
export async function createEngraver(): Promise<Engraver> {
  const module = await createVerovioModule();
  const toolkit = new VerovioToolkit(module);
  // Its warnings on crowded bars concern nobody here.
  enableLog(LOG_OFF, module);
  return { toolkit };
}

/** One block of a page: its drawing and staves in px at Verovio's natural size. */
export type Block = {
  svg: string;
  width: number;
  height: number;
  staves: (PlacedStaff & { system: number; staffInSystem: number })[];
  systems: number;
  dropped: string[];
};

/** Draws a piece and finds its labels' places. */
export function engravePiece(
  { toolkit }: Engraver,
  piece: Piece,
  options: LayoutOptions,
  beams: BeamShape = VEROVIOS,
): Block {
  toolkit.setOptions(options);
  toolkit.loadData(writeMei(piece));
  const svg = toolkit.renderToSVG(1);
  const scanned = scanSvg(svg);
  const barIndex = new Map(piece.bars.map((bar, i) => [bar.id, i]));
  const block: Block = {
    svg: reshapeBeams(svg, beams),
    width: scanned.width,
    height: scanned.height,
    staves: [],
    systems: scanned.systems.length,
    dropped: [],
  };
  scanned.systems.forEach((system, index) => {
    const from = barIndex.get(system.measures[0]?.id ?? '') ?? 0;
    const to = (barIndex.get(system.measures.at(-1)?.id ?? '') ?? -1) + 1;
    piece.staves.forEach((_, staffInSystem) => {
      try {
        const placed = placeStaff(
          scanned,
          system,
          staffInSystem,
          staffLabels(piece, staffInSystem, from, to),
        );
        block.staves.push({ ...placed, system: index, staffInSystem });
      } catch (error) {
        if (!(error instanceof Mismatch)) throw error;
        block.dropped.push(error.message);
      }
    });
  });
  return block;
}

/** Puts blocks under one another on a page whose staff space is `space` px. */
export function assemblePage(
  sheet: Sheet,
  blocks: readonly Block[],
  space: number,
  source: EngravedPage['source'],
): EngravedPage {
  const scale = space / NATURAL_SPACE;
  const staves: LabelledStaff[] = [];
  const dropped: string[] = [];
  let systems = 0;
  blocks.forEach((block, i) => {
    const { x: dx = 0, y: dy = 0 } = sheet.offsets[i] ?? {};
    for (const staff of block.staves) {
      staves.push({
        tokens: staff.tokens,
        places: staff.places.map(({ x, y }) => ({ x: (x + dx) * scale, y: (y + dy) * scale })),
        lines: {
          x0: (staff.lines.x0 + dx) * scale,
          x1: (staff.lines.x1 + dx) * scale,
          y: staff.lines.y.map((y) => (y + dy) * scale),
        },
        space: staff.space * scale,
        system: systems + staff.system,
        staffInSystem: staff.staffInSystem,
      });
    }
    dropped.push(...block.dropped);
    systems += block.systems;
  });
  const width = Math.ceil(sheet.width * scale);
  const height = Math.ceil(sheet.height * scale);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width / scale} ${height / scale}">${sheet.body}</svg>`;
  return { svg, width, height, staves, dropped, source };
}

/** A page of random music, the same for the same seed; `demanding` is full of what is rare, `wish` may ask for a kind of page or a size. */
export function engravePage(
  engraver: Engraver,
  seed: number,
  { demanding = false, ...wish }: Partial<PagePlan> & { demanding?: boolean } = {},
): EngravedPage {
  const random: Random = createRandom(seed);
  const plan = { ...pickPage(random, demanding), ...wish };
  // Ids and all that Verovio draws at random follow from the seed as well.
  const beams = pickBeamShape(random.fork(BEAMS));
  const blocks = plan.blocks.map((block: BlockPlan, i) => {
    const own = random.fork(i);
    const piece = composePiece(own, block.kind, block.bars, `p${i}e`);
    const layout = { ...plan.layout, ...block.layout, xmlIdSeed: 1 + own.int(0, 1e9) };
    return engravePiece(engraver, { ...piece, ...pickCancelling(own.fork(CANCELLING)) }, layout, beams);
  });
  return assemblePage(stackSheets(random, plan, blocks), blocks, plan.space, 'random');
}
