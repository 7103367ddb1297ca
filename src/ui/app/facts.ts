import type { HomeFunnel } from './home-funnel.ts';

/** What the build knows of itself; `vite.config.ts` reads it off the files that are shipped. */
export type Facts = {
  /** Of the reader's weights; 0 if there are none. */
  weightBytes: number;
  /** Share of symbols read wrong on photos of pages, 0…1, as the weights' manifest says; null if it does not. */
  photoErrorRate: number | null;
  /** There is a picture of a staff that was really read. */
  hasStrip: boolean;
  /** What the home page shows of Rank; null until it was computed. */
  funnel: HomeFunnel | null;
  /** Of the program, with the commit if it was built from one. */
  version: string;
  /** Of the reader's weights: the beginning of the first shard's hash; empty if there are none. */
  weights: string;
  /** Every model that is shipped, and the files of its weights. */
  models: { name: string; shards: { file: string; bytes: number; sha256: string }[] }[];
};

declare const __FACTS__: Facts;

export const FACTS: Facts = __FACTS__;
