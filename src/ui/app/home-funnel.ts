import type { RankerName } from '../../funnel/scored-request.ts';
import { list, number, object, type Parser } from '../../workers/schema.ts';

/** The early rankers that are compared: without and with the final stage's teaching. */
export const PAIR = { plain: 'multi-task', taught: 'distilled' } as const satisfies Record<
  string,
  RankerName
>;
export type Side = keyof typeof PAIR;

type Interval = { value: number; low: number; high: number };
type Pair<T> = { plain: T; taught: T };

/** What the home page shows of Rank; `tools/home-funnel.ts` computes it with the shipped weights. */
export type HomeFunnel = {
  /** Of the request that is drawn. */
  candidates: number;
  /** How many the early stage keeps. */
  cut: number;
  /** That the recall is the mean of: those of Rank. */
  requests: number;
  /** Which of them is drawn, from 1. */
  request: number;
  /** Share of the final stage's top five that is kept, 0…1, without and with its teaching; intervals of 95 %. */
  recall: Pair<Interval>;
  /** Numbers of the candidates that the final stage ranks first, the best one first. */
  wanted: number[];
  /** Numbers of the candidates that the early stage keeps. */
  kept: Pair<number[]>;
};

const interval = object<Interval>({ value: number, low: number, high: number });

export const homeFunnel: Parser<HomeFunnel> = object<HomeFunnel>({
  candidates: number,
  cut: number,
  requests: number,
  request: number,
  recall: object<Pair<Interval>>({ plain: interval, taught: interval }),
  wanted: list(number),
  kept: object<Pair<number[]>>({ plain: list(number), taught: list(number) }),
});
