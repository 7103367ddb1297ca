import { memory } from '@tensorflow/tfjs-core';
import type { Backend } from '../../src/inference/engine/choose.ts';
import { loadReader } from '../../src/inference/tromr/reader.ts';
import type { PageResult } from '../../src/inference/tromr/reading.ts';
import { recognise } from '../../src/inference/tromr/recognise.ts';
import { folderSource, startNodeEngine } from '../node-engine.ts';
import { decodeFile } from '../recognition/image-file.ts';
import { megabytes, milliseconds, type Row } from './table.ts';

const STAVES = 10;
const STAGES = ['geometry', 'draft', 'reading'] as const;
const PROMISED: Record<(typeof STAGES)[number], string> = {
  geometry: 'within 1,000 ms',
  draft: 'within 2,500 ms',
  reading: 'within 5,000 ms',
};

/**
 * Reads a photo `rounds` times after a warm-up. Times are those of the processor, which other programs do not lengthen,
 * the best of all rounds; draft and reading are scaled to a page of ten staves.
 */
export async function readingRows(
  photo: string,
  weights: string,
  backend: Backend,
  rounds: number,
): Promise<Row[]> {
  const decoded = await decodeFile(photo);
  if (!decoded.ok) throw new Error(decoded.message);
  const { image } = decoded;
  const engine = await startNodeEngine(backend);
  const reader = await loadReader(folderSource(weights));
  const best = { geometry: Infinity, draft: Infinity, reading: Infinity };
  const tensors: number[] = [];
  let page: PageResult | undefined;
  let peak = 0;
  for (let round = 0; round <= rounds; round++) {
    let last = process.cpuUsage();
    const times = { geometry: 0, draft: 0, reading: 0 };
    const result = await recognise(engine, reader, image, {
      onEvent: (event) => {
        if (event.kind !== 'progress' || event.stage === 'notation') return;
        const spent = process.cpuUsage(last);
        last = process.cpuUsage();
        times[event.stage] += (spent.user + spent.system) / 1000;
      },
    });
    if (!result.ok) throw new Error(`${photo}: ${result.message}`);
    page = result.page;
    peak = Math.max(peak, process.memoryUsage().rss);
    tensors.push(memory().numTensors);
    if (round === 0) continue;
    for (const stage of STAGES) best[stage] = Math.min(best[stage], times[stage]);
  }
  const staves = page?.systems.reduce((sum, system) => sum + system.staves.length, 0) ?? 0;
  const scale = STAVES / Math.max(1, staves);
  const { width, height } = image;
  return [
    {
      part: `geometry, ${((width * height) / 1e6).toFixed(0)} megapixels, ${staves} staves`,
      measured: milliseconds(best.geometry),
      promise: PROMISED.geometry,
    },
    ...(['draft', 'reading'] as const).map((stage) => ({
      part: `${stage}, ${STAVES} staves on ${engine.backend}`,
      measured: milliseconds(best[stage] * scale),
      promise: PROMISED[stage],
    })),
    {
      part: `tensors after ${rounds + 1} pages`,
      measured: [...new Set(tensors)].join(', '),
      promise: 'always the same',
    },
    { part: 'memory of the whole process, peak', measured: megabytes(peak), promise: 'under 600 MB' },
  ];
}
