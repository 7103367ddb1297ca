import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type { Backend } from '../src/inference/engine/choose.ts';
import { type Engine, startEngine } from '../src/inference/engine/engine.ts';
import { type WeightSource, WeightsError } from '../src/inference/engine/weights.ts';

const require = createRequire(import.meta.url);

/** The folder of tfjs's WebAssembly, ending in a slash. */
const WASM_PATH = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/');

/** Folders of browsers that bring a Vulkan loader and SwiftShader, a Vulkan driver in software. */
const BROWSERS = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  '/snap/chromium/current',
];

/** Gives Node a `navigator.gpu` by the package `webgpu`: a real adapter if there is one, else a browser's SwiftShader. */
export async function provideWebgpu(): Promise<void> {
  if (globalThis.navigator?.gpu) return;
  const browser = BROWSERS.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')));
  if (browser && !process.env.VK_DRIVER_FILES) {
    process.env.VK_DRIVER_FILES = join(browser, 'vk_swiftshader_icd.json');
    keepLibrary(join(browser, 'libvulkan.so.1'));
  }
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
}

// Dawn opens libvulkan.so.1 by its bare name, which finds a library that is loaded already. Node refuses this one, since
// it is no add-on, but RTLD_NODELETE keeps it in the process.
function keepLibrary(file: string): void {
  const NO_DELETE = 0x1000;
  try {
    process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_LAZY | NO_DELETE);
  } catch {
    // As expected; if the file is missing, the system's own library is looked for.
  }
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
