import { describe, expect, it } from 'vitest';
import { blankImage } from '../page/image.ts';
import { packShard, type ShardEntry, shardImage, type TrainingStaff } from './shard.ts';

function staff(width: number, level: number): TrainingStaff {
  return {
    image: blankImage(width, 128, level),
    source: 'random',
    camera: level > 100,
    steps: [
      [5, 0, 0, 0, 0, 0, 0, 0, 0],
      [40, 12, 1, 0, 0, 0, 0, 0, 0],
    ],
    places: [
      { x: 20.04, y: 64.5 },
      { x: 60.26, y: 70.5 },
    ],
  };
}

describe('packShard', { timeout: 30_000 }, () => {
  it('packs staves so that each entry finds its image, labels and places again', () => {
    const staves = [staff(100, 200), staff(37, 50)];
    const { images, index } = packShard(staves);
    const entries = index
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ShardEntry);
    expect(images.length).toBe(137 * 128);
    entries.forEach((entry, k) => {
      expect(shardImage(images, entry)).toEqual(staves[k]?.image);
      expect(entry.steps).toEqual(staves[k]?.steps);
      expect(entry.camera).toBe(staves[k]?.camera);
      expect(entry.x).toEqual([20, 60.3]);
      expect(entry.y).toEqual([64.5, 70.5]);
    });
  });

  it('refuses images of another height and steps without places', () => {
    expect(() => packShard([{ ...staff(10, 1), image: blankImage(10, 96) }])).toThrow(RangeError);
    expect(() => packShard([{ ...staff(10, 1), places: [] }])).toThrow(RangeError);
  });
});
