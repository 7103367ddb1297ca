import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { choosePhoto, expect, inReader, readToEnd, save, test } from './visit.ts';

const SHORT_STAFF = fileURLToPath(new URL('./fixtures/short-staff.png', import.meta.url));

/** A GPU in software takes milliseconds for every operation. */
const SOFTWARE_GPU_PATIENCE = 480_000;

/** Reads a short staff and returns every symbol as it is announced, and the backend that ran. */
async function read(page: Page, backend: string): Promise<{ symbols: string[]; text: string; ran: string }> {
  await page.goto(`read/?backend=${backend}`);
  await choosePhoto(page, SHORT_STAFF);
  await readToEnd(page, SOFTWARE_GPU_PATIENCE);
  const ran =
    (await page.getByRole('button', { name: /^(WebGPU|WebAssembly|JavaScript)$/ }).textContent()) ?? '';
  const symbols = await page
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label') ?? ''));
  const text = (await save(page, /Semantic/)).bytes.toString();
  return { symbols, text, ran };
}

test('WebGPU reads a short staff as WebAssembly does', async ({ page }) => {
  test.setTimeout(SOFTWARE_GPU_PATIENCE + 240_000);
  await page.goto('read/');
  expect(await page.evaluate(() => 'gpu' in navigator), 'this browser has WebGPU').toBe(true);
  const wasm = await read(page, 'wasm');
  expect(wasm.ran).toBe('WebAssembly');
  expect(wasm.symbols.length).toBeGreaterThan(3);
  const webgpu = await read(page, 'webgpu');
  expect(webgpu.ran).toBe('WebGPU');
  expect(webgpu.symbols).toEqual(wasm.symbols);
  expect(webgpu.text).toBe(wasm.text);
});

test.describe('a GPU that goes away', () => {
  test.use({ serviceWorkers: 'block', complaints: /Service Worker|device|Device|GPU/ });

  test('leaves the page to be read without it', async ({ page, context }) => {
    test.setTimeout(SOFTWARE_GPU_PATIENCE);
    await inReader(
      context,
      `const ask = GPUAdapter.prototype.requestDevice;
      const submit = GPUQueue.prototype.submit;
      let device;
      let submissions = 0;
      GPUAdapter.prototype.requestDevice = async function (...wish) {
        device = await ask.apply(this, wish);
        return device;
      };
      GPUQueue.prototype.submit = function (...work) {
        if (++submissions === 40) device.destroy();
        return submit.apply(this, work);
      };`,
    );
    await page.goto('read/?backend=webgpu');
    await choosePhoto(page, SHORT_STAFF);
    await readToEnd(page, SOFTWARE_GPU_PATIENCE);
    await expect(page.getByRole('button', { name: 'WebAssembly' })).toBeVisible();
    await expect(page.getByRole('option').first()).toBeAttached();
  });
});
