import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { float16ToFloat32 } from './float16.ts';
import { sizeOf, verifyShard, type WeightFiles, type WeightSource } from './weight-files.ts';

export * from './weight-files.ts';

/**
 * Loads every tensor, float32, by name; each shard's bytes are checked against its hash on every load. The caller owns
 * the tensors.
 * @throws WeightsError
 */
export async function loadWeights(
  source: WeightSource,
  files: WeightFiles,
  onBytes: (done: number, total: number) => void = () => {},
): Promise<Map<string, Tensor>> {
  const total = files.shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const done = files.shards.map(() => 0);
  const contents = await Promise.all(
    files.shards.map(async (shard, index) => {
      const bytes = await source.shard(shard, (count) => {
        done[index] = count;
        onBytes(
          done.reduce((sum, part) => sum + part, 0),
          total,
        );
      });
      await verifyShard(shard, bytes);
      return bytes;
    }),
  );
  const weights = new Map<string, Tensor>();
  for (const { name, shape, shard, offset } of files.tensors) {
    const bytes = contents[shard] ?? new Uint8Array();
    weights.set(name, tensor(float16ToFloat32(bytes, offset, sizeOf(shape)), shape, 'float32'));
  }
  return weights;
}
