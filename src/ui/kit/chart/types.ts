import type { Tone } from './tones.ts';

/** One axis of a chart. What it measures and in what unit always stands beside it. */
export interface Axis {
  readonly title: string;
  /** For instance `%` or `impressions`; left out for pure numbers. */
  readonly unit?: string;
  /** Ends of the axis; by default those of the data, rounded outwards. */
  readonly domain?: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  /** Text of a value, for ticks, tables and what is read aloud. */
  readonly format?: (value: number) => string;
}

/** A line over the x values of its chart; null where there is no value. */
export interface Series {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
  readonly y: readonly (number | null)[];
  /** Ends of the interval at each x, drawn as a band. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** What stands at the line's end; the name by default. */
  readonly endLabel?: string;
}

/** What every chart needs to be named, described, and read without eyes. */
export interface ChartText {
  /** Shown above the chart, and its accessible name. */
  readonly title: string;
  /** One or two sentences on what the chart shows, for those who do not see it. */
  readonly description: string;
}

/** A moment or value marked on the x axis. */
export interface Mark {
  readonly x: number;
  readonly label: string;
}

/** A cut across the x axis that the visitor drags, steps with the arrow keys, or types. */
export interface Cut {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** The same figures as a table: for the table view and for CSV. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
