import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Backend } from '../src/inference/engine/choose.ts';
import { type Engine, startEngine } from '../src/inference/engine/engine.ts';
import { type WeightSource, WeightsError } from '../src/inference/engine/weights.ts';

const require = createRequire(import.meta.url);

/** The folder of tfjs's WebAssembly, ending in a slash. */
const WASM_PATH = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/');

/** Where Debian's Chromium and Chrome keep the description of their software Vulkan driver. */
const SOFTWARE_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

/** Gives Node a `navigator.gpu` by the package `webgpu`, on the software driver of a browser if one is found. */
export async function provideWebgpu(): Promise<void> {
  if (globalThis.navigator?.gpu) return;
  const driver = SOFTWARE_DRIVERS.find((file) => existsSync(file));
  if (driver && !process.env.VK_DRIVER_FILES) process.env.VK_DRIVER_FILES = driver;
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
}

/** Starts an engine in Node: WebAssembly unless another backend is asked for. */
export async function startNodeEngine(force?: Backend): Promise<Engine> {
  if (force === 'webgpu') await provideWebgpu().catch(() => undefined);
  return startEngine({ force, wasmPath: WASM_PATH });
}

/** Weight files in a folder. */
export function folderSource(folder: string): WeightSource {
  const read = async (file: string): Promise<Buffer> => {
    try {
      return await readFile(join(folder, file));
    } catch {
      throw new WeightsError('missing', `there is no ${join(folder, file)}`);
    }
  };
  return {
    manifest: async () => JSON.parse((await read('manifest.json')).toString('utf8')),
    async shard({ file, bytes }, onBytes) {
      const content = await read(file);
      onBytes(bytes);
      return content;
    },
  };
}
