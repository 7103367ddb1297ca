import type { Probe } from './choose.ts';

// (func (result v128) (i32x4.splat (i32.const 0))) as a whole module: valid only where SIMD is known.
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11,
]);

/** Looks for a graphics adapter and for SIMD. Never fails: what cannot be found out counts as missing. */
export async function probe(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<Probe> {
  return { adapter: await probeAdapter(gpu), simd: WebAssembly.validate(SIMD_MODULE) };
}

async function probeAdapter(gpu: GPU | undefined): Promise<Probe['adapter']> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'none';
  return isSoftware(adapter) ? 'software' : 'hardware';
}

// Browsers moved the flag from the adapter to its info; drivers such as SwiftShader and llvmpipe name themselves.
function isSoftware(adapter: GPUAdapter): boolean {
  const { info } = adapter;
  const flagged = 'isFallbackAdapter' in adapter && adapter.isFallbackAdapter === true;
  const name = `${info?.vendor} ${info?.architecture} ${info?.device} ${info?.description}`;
  return (
    flagged || info?.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render/i.test(name)
  );
}
