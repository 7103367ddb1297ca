import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { normalisedEntropy } from '../src/funnel/probability-metrics.ts';
import type { TeachSettings } from '../src/inference/ranking/teach-run.ts';
import type { DayFigures } from '../src/inference/ranking/teach-summary.ts';
import { type KeptRun, keptRun as keptRunOf } from '../src/ui/rank/runs.ts';
import { dayFigures } from '../src/workers/rank-protocol.ts';
import { list } from '../src/workers/schema.ts';
import { expect } from './visit.ts';

export const sentences = (page: Page) => page.getByRole('region', { name: 'What you see' });

/** The run that the page keeps on the device: what it trained last. */
export async function keptRun(page: Page): Promise<KeptRun> {
  const kept = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('scoreline-rank');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('days').objectStore('days').get('last');
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result);
          };
        };
      }),
  );
  return keptRunOf(kept);
}

/** Normalised entropy, by the true probabilities, of each model on each day. */
export function entropiesOf(days: readonly DayFigures[]): Record<string, number>[] {
  return days.map(({ models }) =>
    Object.fromEntries(
      Object.entries(models).map(([model, { expected }]) => [model, normalisedEntropy(expected)]),
    ),
  );
}

/** Each figure of both within a thousandth. */
export function expectAlike(own: Record<string, number>[], other: Record<string, number>[]): void {
  expect(own).toHaveLength(other.length);
  own.forEach((day, i) => {
    for (const [model, entropy] of Object.entries(day)) {
      expect(entropy, `${model} on day ${i + 1}`).toBeGreaterThan(0);
      expect(Math.abs(entropy - (other[i]?.[model] ?? Number.NaN)), `${model} on day ${i + 1}`).toBeLessThan(
        1e-3,
      );
    }
  });
}

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./teach-in-node.ts', import.meta.url));

/** The same run by the same code in Node. */
export async function playInNode(settings: TeachSettings): Promise<DayFigures[]> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, JSON.stringify(settings)]);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return list(dayFigures)(JSON.parse(line));
}
