import type { Domain } from '../../adlog/settings.ts';
import type { WorldState } from '../../adlog/world.ts';
import type { Adapter } from './adapter.ts';
import type { Parameters } from './parameters.ts';
import type { FmSize, TeachProgress, TeachSettings } from './teach-run.ts';

/** Trained weights that come from files; undefined where there are none for it. */
export interface ShippedModels {
  /** Seed of the world that they were trained on. */
  readonly seed: number;
  fm(size: FmSize, day: number): Promise<Parameters | undefined>;
  vm(domain: Domain): Promise<Parameters | undefined>;
}

/** What runs leave to later ones. Nothing in it depends on how the student is taught. */
export interface TeachMemory {
  readonly worlds: Map<string, WarmWorld>;
  readonly teachers: Map<string, TeacherStart>;
  readonly teacherDays: Map<string, TeacherDay>;
  readonly students: Map<string, Parameters>;
}

export interface WarmWorld {
  readonly state: WorldState;
  /** Level of each day before the stream. */
  readonly levels: readonly number[];
}

export interface TeacherStart {
  /** The FM at the border of day 0, as it goes on learning. */
  readonly live: Parameters;
  /** Checkpoints that may serve, by day. */
  readonly checkpoints: ReadonlyMap<number, Parameters>;
}

export interface TeacherDay {
  /** Predictions for the day's impressions, each made before it was learnt. */
  readonly fresh: Float32Array;
  /** The FM at the end of the day. */
  readonly live: Parameters;
}

export interface TeachPorts {
  readonly memory: TeachMemory;
  readonly shipped?: ShippedModels;
}

export interface TeachHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TeachProgress) => void;
}

export interface StudentState {
  readonly parameters: Parameters;
  readonly adapter: Adapter;
}

/** A domain's click model by itself, and the same one under the teacher. */
export interface StudentPair {
  readonly alone: StudentState;
  readonly taught: StudentState;
}

/** A run at the border of a day: plain data, so that a copy of it is a place to go on from. */
export interface TeachState {
  readonly settings: TeachSettings;
  /** The next day to play. */
  readonly day: number;
  readonly world: WorldState;
  readonly levels: readonly number[];
  readonly live: Parameters;
  readonly checkpoints: ReadonlyMap<number, Parameters>;
  readonly students: Readonly<
    Record<string, { readonly alone: StudentState; readonly taught: StudentState }>
  >;
}

export function createMemory(): TeachMemory {
  return { worlds: new Map(), teachers: new Map(), teacherDays: new Map(), students: new Map() };
}
