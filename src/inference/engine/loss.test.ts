import { expect, test } from 'vitest';
import { isLost } from './loss.ts';

test('a loss that is told a little after the work failed is a loss', async () => {
  const device = new AbortController();
  setTimeout(() => device.abort('unplugged'), 5);
  expect(await isLost({ backend: 'webgpu', lost: device.signal })).toBe(true);
  expect(await isLost({ backend: 'webgpu', lost: device.signal })).toBe(true);
});

test('work that fails on a device that stays is no loss', async () => {
  const { signal } = new AbortController();
  expect(await isLost({ backend: 'webgpu', lost: signal })).toBe(false);
  expect(await isLost({ backend: 'wasm', lost: signal })).toBe(false);
});
