import { backend as activeBackend, enableProdMode, env, ready, setBackend } from '@tensorflow/tfjs-core';
import { type Backend, type Choice, choose } from './choose.ts';
import { probe } from './probe.ts';

/** The running device. `lost` is aborted, with a message as its reason, when the GPU device goes away. */
export type Engine = Choice & { lost: AbortSignal };

export type EngineOptions = {
  /** Use this backend if it exists at all, be it a slow one. */
  force?: Backend | undefined;
  /** URL or file of `tfjs-backend-wasm-simd.wasm`, or a folder (ending in `/`) that holds it. */
  wasmPath: string;
};

/** Starts the backend that suits the machine; only its code is loaded. */
export async function startEngine({ force, wasmPath }: EngineOptions): Promise<Engine> {
  enableProdMode();
  const choice = choose(await probe(), force);
  if (choice.backend === 'webgpu') {
    const failure = await start('webgpu');
    if (failure === undefined) return { ...choice, lost: await watchDevice() };
    const next = choose({ adapter: 'none', simd: (await probe()).simd });
    const reason = `WebGPU did not start (${failure}). ${next.reason}`;
    return startPlain({ backend: next.backend, reason }, wasmPath);
  }
  return startPlain(choice, wasmPath);
}

async function startPlain(choice: Choice, wasmPath: string): Promise<Engine> {
  if (choice.backend === 'wasm') await configureWasm(wasmPath);
  const failure = await start(choice.backend);
  if (failure === undefined) return { ...choice, lost: new AbortController().signal };
  if (choice.backend === 'cpu') throw new Error(failure);
  const reason = `WebAssembly did not start (${failure}), so plain JavaScript does the work, slowly.`;
  return startPlain({ backend: 'cpu', reason }, wasmPath);
}

const LOADERS: Record<Backend, () => Promise<unknown>> = {
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};

/** Makes a backend the active one. Returns why it cannot be, or undefined. */
async function start(name: Backend): Promise<string | undefined> {
  try {
    await LOADERS[name]();
    if (!(await setBackend(name))) return `${name} could not be initialised`;
    await ready();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function configureWasm(path: string): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // The threaded build breaks in bundles, and threads would need cross-origin isolation.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (path.endsWith('/')) return setWasmPaths(path);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': path,
    'tfjs-backend-wasm-simd.wasm': path,
    'tfjs-backend-wasm-threaded-simd.wasm': path,
  });
}

// tfjs does not watch its device.
async function watchDevice(): Promise<AbortSignal> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const controller = new AbortController();
  const running = activeBackend();
  if (running instanceof WebGPUBackend) {
    running.device.lost.then(({ message }) => controller.abort(message || 'the GPU device was lost'));
  }
  return controller.signal;
}
