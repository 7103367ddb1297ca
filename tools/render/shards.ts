import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../src/synthesis/random.ts';
import { packShard, type TrainingStaff } from '../../src/synthesis/shard.ts';
import {
  cleanStaves,
  type LabelledPage,
  NOTHING,
  photographedStaves,
  type SpoilOptions,
  type Tally,
  USUAL,
} from '../../src/synthesis/spoil.ts';
import type { PageMaker, RenderedPage } from './pages.ts';

export type ShardOptions = {
  out: string;
  /** Staves in all; the last shard may be smaller. */
  staves: number;
  seed: number;
  first: number;
  camera: boolean;
  /** Part of a training mix that stays clean engraving. */
  clean: number;
  severity: number;
  /** Only pages on which two voices stand on one staff somewhere. */
  twoVoices: boolean;
};

export const STAVES_A_SHARD = 512;
const PHOTOS_A_PAGE = 2.5;
/** A staff without the camera, read like any photo. */
const READ_CLEAN: SpoilOptions = { known: 0, cropped: 0, profiles: [['none', 1]] };

/** Renders shards one after another; those that are there already are left alone. */
export async function renderShards(makePages: PageMaker, options: ShardOptions): Promise<void> {
  mkdirSync(options.out, { recursive: true });
  const tally: Tally = { ...NOTHING };
  const before = process.cpuUsage();
  for (let done = 0, k = options.first; done < options.staves; k++) {
    const size = Math.min(STAVES_A_SHARD, options.staves - done);
    done += size;
    const name = join(options.out, `shard-${String(k).padStart(5, '0')}`);
    if (existsSync(`${name}.jsonl`)) continue;
    const staves = await shardStaves(makePages, options, k, size, tally);
    const { images, index } = packShard(staves);
    writeAtomically(`${name}.bin`, images);
    writeAtomically(`${name}.jsonl`, index);
    const used = process.cpuUsage(before);
    report(name, tally, (used.user + used.system) / 1e6);
  }
}

/** The staves of shard `k`, which depend on the seed and `k` alone. */
async function shardStaves(
  makePages: PageMaker,
  options: ShardOptions,
  k: number,
  size: number,
  tally: Tally,
): Promise<TrainingStaff[]> {
  const random = createRandom(options.seed).fork(k);
  const staves: TrainingStaff[] = [];
  for (let n = 0; staves.length < size; n++) {
    const own = random.fork(n);
    for (const page of await makePages(own))
      if (!options.twoVoices || showsTwoVoices(page)) staves.push(...spoiltStaves(page, own, options, tally));
  }
  // Staves of one page stand apart, and cutting at `size` favours no kind of picture.
  return shuffled(staves, random).slice(0, size);
}

function showsTwoVoices({ staves }: RenderedPage): boolean {
  return staves.some(({ tokens }) => tokens.some(({ voice }) => voice === '2'));
}

function spoiltStaves(
  page: LabelledPage,
  random: Random,
  { camera, clean, severity }: ShardOptions,
  tally: Tally,
): TrainingStaff[] {
  if (!camera) return photographedStaves(page, random, tally, READ_CLEAN);
  const photos = random.chance(PHOTOS_A_PAGE % 1) ? Math.ceil(PHOTOS_A_PAGE) : Math.floor(PHOTOS_A_PAGE);
  const staves: TrainingStaff[] = [];
  for (let i = 0; i < photos; i++) {
    staves.push(...photographedStaves(page, random, tally, { ...USUAL, severity }));
  }
  if (random.chance((clean * PHOTOS_A_PAGE) / (1 - clean))) staves.push(...cleanStaves(page, random, tally));
  return staves;
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

function writeAtomically(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function report(name: string, tally: Tally, seconds: number): void {
  const { engraved, kept, ...dropped } = tally;
  const causes = Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .map(([cause, count]) => `${cause} ${count}`)
    .join(', ');
  console.log(
    `${name}: ${kept} of ${engraved} staves kept (dropped: ${causes || 'none'}), ${(kept / seconds).toFixed(1)} staves per CPU second`,
  );
}
