export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What the machine has: a graphics adapter, a software imitation of one, or none; WebAssembly with SIMD or not. */
export type Probe = { adapter: 'hardware' | 'software' | 'none'; simd: boolean };

export type Choice = { backend: Backend; reason: string };

function best(probe: Probe): Choice {
  if (probe.adapter === 'hardware')
    return { backend: 'webgpu', reason: 'This machine has a GPU that WebGPU can use.' };
  const why =
    probe.adapter === 'software' ? 'WebGPU is only imitated in software here' : 'There is no WebGPU here';
  if (probe.simd) return { backend: 'wasm', reason: `${why}, so WebAssembly does the work.` };
  return {
    backend: 'cpu',
    reason: `${why} and no WebAssembly with SIMD, so plain JavaScript does the work, slowly.`,
  };
}

/**
 * The backend to compute on and why, in one sentence for the visitor. A software adapter counts as no WebGPU (it is
 * 40 to 120 times slower than WebAssembly) unless WebGPU is `forced`; what is forced but missing falls back.
 */
export function choose(probe: Probe, forced?: Backend): Choice {
  if (forced === undefined) return best(probe);
  const missing = (forced === 'webgpu' && probe.adapter === 'none') || (forced === 'wasm' && !probe.simd);
  if (!missing) return { backend: forced, reason: `${NAMES[forced]} was asked for.` };
  const { backend, reason } = best(probe);
  return { backend, reason: `${NAMES[forced]} was asked for but is missing. ${reason}` };
}

const NAMES: Record<Backend, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'Plain JavaScript' };
