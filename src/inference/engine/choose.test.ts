import { describe, expect, test } from 'vitest';
import { choose } from './choose.ts';

describe('the backend', () => {
  test('is WebGPU where there is a real adapter', () => {
    expect(choose({ adapter: 'hardware', simd: true }).backend).toBe('webgpu');
  });

  test('is WebAssembly where there is no adapter, or only one in software, and the reason tells which', () => {
    expect(choose({ adapter: 'none', simd: true })).toEqual({
      backend: 'wasm',
      reason: 'There is no WebGPU here, so WebAssembly does the work.',
    });
    expect(choose({ adapter: 'software', simd: true })).toEqual({
      backend: 'wasm',
      reason: 'WebGPU is only imitated in software here, so WebAssembly does the work.',
    });
  });

  test('is plain JavaScript last of all', () => {
    expect(choose({ adapter: 'none', simd: false }).backend).toBe('cpu');
  });

  test('is the one asked for, even if it is slow', () => {
    expect(choose({ adapter: 'software', simd: true }, 'webgpu').backend).toBe('webgpu');
    expect(choose({ adapter: 'hardware', simd: true }, 'cpu').backend).toBe('cpu');
  });

  test('falls back and says so if the one asked for is missing', () => {
    const choice = choose({ adapter: 'none', simd: true }, 'webgpu');
    expect(choice.backend).toBe('wasm');
    expect(choice.reason).toContain('WebGPU was asked for but is missing');
  });
});
