import { encodeSteps } from '../../src/notation/steps.ts';
import { type Token, VOCABULARY } from '../../src/notation/token.ts';
import { corpusFiles, corpusPages, type Split } from '../../src/synthesis/corpus.ts';
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

/** Draws, engraves and rasterises one or a few pages: the same for the same state of `random`. */
export type PageMaker = (random: Random) => RenderedPage[] | Promise<RenderedPage[]>;

export type PageSources = {
  /** Folder with INDEX.tsv and scores. */
  corpus: string;
  /** Whether a missing corpus is an error rather than a reason to do without. */
  mustExist: boolean;
  /** Part of the pages that is random music. */
  random: number;
  /** Part of the random pages that is full of what is rare. */
  demanding: number;
  split: Split;
};

/** Pages taken from one score, since reading it takes longer than engraving a page. */
const PAGES_A_SCORE = 4;

/** @throws RangeError where a corpus must exist and does not. */
export async function pageMaker({
  corpus,
  mustExist,
  random: part,
  demanding,
  split,
}: PageSources): Promise<PageMaker> {
  const files = part < 1 ? corpusFiles(corpus, split) : [];
  if (mustExist && files.length === 0) throw new RangeError(`no corpus in ${corpus}`);
  const engraver = await createEngraver();
  const fromScore = files.length === 0 ? 0 : (1 - part) / (1 - part + part * PAGES_A_SCORE);
  return (random) => {
    for (;;) {
      const pages = random.chance(fromScore)
        ? corpusPages(engraver, files, random, PAGES_A_SCORE)
        : [
            engravePage(engraver, random.int(0, 2 ** 31 - 2), {
              demanding: demanding > 0 && random.chance(demanding),
            }),
          ];
      const rendered = pages.map(renderedPage).filter((page) => page.staves.length > 0);
      if (rendered.length > 0) return rendered;
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

/** The staff's steps, or nothing if a note lies too far from the staff for the model to say, or too low for a name. */
export function stepsOf(tokens: readonly Token[]): number[][] | undefined {
  if (tokens.some(({ pitch }) => !VOCABULARY.pitch.includes(pitch))) return undefined;
  try {
    return encodeSteps(tokens);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
