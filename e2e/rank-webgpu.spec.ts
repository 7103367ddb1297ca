import type { Page } from '@playwright/test';
import { entropiesOf, expectAlike, keptRun, playInNode, sentences } from './kept-run.ts';
import { expect, test } from './visit.ts';

/** A GPU in software takes milliseconds for every operation. */
const SOFTWARE_GPU_PATIENCE = 480_000;

async function startTraining(page: Page, days: number): Promise<void> {
  await page.goto(`rank/?backend=webgpu&rows=2000&days=${days}&w=2`);
  expect(await page.evaluate(() => 'gpu' in navigator), 'this browser has WebGPU').toBe(true);
  await page.getByRole('button', { name: /Train here with 2.000 a day/ }).click();
}

test('a very short training on WebGPU gives the models that WebAssembly gives', async ({ page }) => {
  test.setTimeout(SOFTWARE_GPU_PATIENCE + 120_000);
  await startTraining(page, 1);
  await expect(sentences(page)).toContainText('Trained here, on WebGPU', { timeout: SOFTWARE_GPU_PATIENCE });
  const { settings, days, backend } = await keptRun(page);
  expect(backend).toBe('webgpu');
  expectAlike(entropiesOf(days), entropiesOf(await playInNode(settings)));
});

test('a GPU that goes away while it trains costs the day in progress, and the page says so', async ({
  page,
}) => {
  test.setTimeout(SOFTWARE_GPU_PATIENCE + 240_000);
  const spawned = page.waitForEvent('worker', (worker) => worker.url().includes('rank'));
  await startTraining(page, 2);
  const worker = await spawned;
  await expect(sentences(page)).toContainText('On day 1', { timeout: SOFTWARE_GPU_PATIENCE });
  // The next command that the trainer gives its GPU is the last one.
  await worker.evaluate(() => {
    const { createCommandEncoder } = GPUDevice.prototype;
    GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, ...given) {
      this.destroy();
      return createCommandEncoder.apply(this, given);
    };
  });
  await expect(page.getByRole('alert')).toContainText(
    'The graphics processor went away on day 2. The days before it are kept; day 2 is replayed on WebAssembly.',
    { timeout: SOFTWARE_GPU_PATIENCE },
  );
  await expect(sentences(page)).toContainText('Over days 1 to 2', { timeout: SOFTWARE_GPU_PATIENCE });
  const { settings, days } = await keptRun(page);
  expectAlike(entropiesOf(days), entropiesOf(await playInNode(settings)));
});
