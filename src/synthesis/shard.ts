import { STAFF_GEOMETRY } from '../page/geometry.ts';
import type { GreyImage, Point } from '../page/image.ts';

/** One staff to train on: its image and the class ids and centres of its symbols. */
export type TrainingStaff = {
  image: GreyImage;
  source: 'random' | 'corpus';
  /** Whether it was photographed; false for clean engraving. */
  camera: boolean;
  /** Class ids of each symbol in the order of STEP_BRANCHES. */
  steps: readonly (readonly number[])[];
  /** Centre of each symbol in the image, px. */
  places: readonly Point[];
};

/** One line of a shard's index. `offset` counts bytes into the shard's images. */
export type ShardEntry = {
  offset: number;
  width: number;
  source: 'random' | 'corpus';
  camera: boolean;
  steps: number[][];
  x: number[];
  y: number[];
};

const { rows: ROWS } = STAFF_GEOMETRY;

/** Packs staves: images back to back, 128 rows each, and an index of one JSON object a line. */
export function packShard(staves: readonly TrainingStaff[]): { images: Uint8Array; index: string } {
  const images = new Uint8Array(staves.reduce((bytes, { image }) => bytes + image.width * ROWS, 0));
  const lines: string[] = [];
  let offset = 0;
  for (const { image, source, camera, steps, places } of staves) {
    if (image.height !== ROWS) throw new RangeError(`a staff image has ${image.height} rows, not ${ROWS}`);
    if (places.length !== steps.length) throw new RangeError('every step needs a place');
    images.set(image.data, offset);
    const entry: ShardEntry = {
      offset,
      width: image.width,
      source,
      camera,
      steps: steps.map((step) => [...step]),
      x: places.map((p) => tenth(p.x)),
      y: places.map((p) => tenth(p.y)),
    };
    lines.push(JSON.stringify(entry));
    offset += image.data.length;
  }
  return { images, index: `${lines.join('\n')}\n` };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The staff image that an entry of a shard's index points at. */
export function shardImage(images: Uint8Array, entry: ShardEntry): GreyImage {
  const data = images.slice(entry.offset, entry.offset + entry.width * ROWS);
  return { width: entry.width, height: ROWS, data };
}
