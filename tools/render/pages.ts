import { encodeSteps } from '../../src/notation/steps.ts';
import type { Token } from '../../src/notation/token.ts';
import { createEngraver, type EngravedPage, engravePage } from '../../src/synthesis/engrave.ts';
import type { Random } from '../../src/synthesis/random.ts';
import { rasterise } from '../../src/synthesis/rasterise.ts';
import type { LabelledPage } from '../../src/synthesis/spoil.ts';

export type RenderedPage = Omit<LabelledPage, 'staves'> & {
  /** Top to bottom. */
  staves: readonly (LabelledPage['staves'][number] & { tokens: Token[] })[];
  /** Number of staves of each system, top to bottom. */
  systems: number[];
  /** Staves on the page that have no label. */
  unlabelled: number;
};

/** Draws, engraves and rasterises a page: the same for the same state of `random`. */
export type PageMaker = (random: Random) => Promise<RenderedPage>;

export type PageSources = {
  corpus: string;
  /** Whether a missing corpus is an error rather than a reason to do without. */
  mustExist: boolean;
  /** Part of the pages that is random music. */
  random: number;
  /** Whether excerpts come from the composers kept for measuring. */
  heldOut: boolean;
};

export async function pageMaker(_sources: PageSources): Promise<PageMaker> {
  const engraver = await createEngraver();
  return async (random) => {
    for (;;) {
      const page = engravePage(engraver, random.int(0, 2 ** 31 - 2));
      const rendered = renderedPage(page);
      if (rendered.staves.length > 0) return rendered;
    }
  };
}

function renderedPage(page: EngravedPage): RenderedPage {
  const sizes = new Map<number, number>();
  const staves: RenderedPage['staves'][number][] = [];
  let unlabelled = page.dropped.length;
  for (const { tokens, places, lines, system } of page.staves) {
    const steps = stepsOf(tokens);
    if (!steps) {
      unlabelled++;
      continue;
    }
    sizes.set(system, (sizes.get(system) ?? 0) + 1);
    staves.push({
      tokens,
      steps,
      places: places.filter((_, k) => tokens[k]?.rhythm !== 'chord'),
      left: lines.x0,
      right: lines.x1,
      lines: lines.y,
    });
  }
  return {
    image: rasterise(page),
    space: page.staves[0]?.space ?? 1,
    source: page.source,
    staves,
    systems: [...sizes.values()],
    unlabelled,
  };
}

/** The staff's steps, or nothing if a note lies too far from the staff for the model to say. */
function stepsOf(tokens: readonly Token[]): number[][] | undefined {
  try {
    return encodeSteps(tokens);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
