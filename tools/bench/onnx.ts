import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { asList, asNumber } from '../../src/inference/engine/parse.ts';
import { draftScores, encode } from '../../src/inference/tromr/encoder.ts';
import { COLUMN, columnMask } from '../../src/inference/tromr/ink.ts';
import { loadReader } from '../../src/inference/tromr/reader.ts';
import { STAFF_GEOMETRY } from '../../src/page/geometry.ts';
import { ROOT } from '../build.ts';
import { folderSource, startNodeEngine } from '../node-engine.ts';
import { milliseconds, type Row } from './table.ts';

const STAVES = 2;
const WIDTH = 768;
const ROUNDS = 8;
const { rows: HEIGHT } = STAFF_GEOMETRY;
/** Both must say the same, or they did not do the same work. */
const GAP = 1e-3;

/**
 * The draft of two staves by TensorFlow.js and by onnxruntime-web, both on one WebAssembly thread, from the same weights and inputs: the
 * best processor time of each. No row, and the reason said, where onnxruntime-web or PyTorch is missing.
 */
export async function onnxRows(weights: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
  try {
    const theirs = runOnnx(folder, weights);
    if (!theirs) return [];
    const ours = await runOurs(weights);
    const gap = theirs.scores.reduce(
      (most, score, i) => Math.max(most, Math.abs(score - (ours.scores[i] ?? 0))),
      0,
    );
    if (!(gap < GAP)) throw new Error(`onnxruntime-web gives other scores than ours, by up to ${gap}`);
    const [own, other] = [Math.min(...ours.times), Math.min(...theirs.times)];
    return [
      {
        part: `draft of ${STAVES} staves of ${WIDTH} px, and by onnxruntime-web`,
        measured: `${milliseconds(own)}, ${milliseconds(other)}: ratio ${(own / other).toFixed(2)}`,
        promise: 'the ratio is printed',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Run = { times: number[]; scores: Float32Array };

/** The same ink for both: strokes of many widths, all columns filled. */
function testInk(): Float32Array {
  return Float32Array.from({ length: STAVES * HEIGHT * WIDTH }, (_, i) => ((i * 7919) % 1009) / 1008);
}

function runOnnx(folder: string, weights: string): Run | undefined {
  const [model, ink, out] = ['draft.onnx', 'ink.bin', 'out.bin'].map((name) => join(folder, name));
  if (model === undefined || ink === undefined || out === undefined) return undefined;
  const shape = ['--staves', String(STAVES), '--width', String(WIDTH)];
  const exporting = ['-m', 'training.export_onnx', '--weights', weights, '--out', model, ...shape];
  const exported = spawnSync('/usr/bin/python3', exporting, { cwd: ROOT, encoding: 'utf8' });
  if (exported.status !== 0) {
    console.error(`onnxruntime-web is not compared: PyTorch cannot export (${lastLine(exported.stderr)})`);
    return undefined;
  }
  writeFileSync(ink, new Uint8Array(testInk().buffer));
  const script = join(import.meta.dirname, 'onnxruntime.cjs');
  const numbers = [STAVES, HEIGHT, WIDTH, ROUNDS].map(String);
  const ran = spawnSync(process.execPath, [script, model, ink, ...numbers, out], { encoding: 'utf8' });
  if (ran.status === 3) {
    console.error('onnxruntime-web is not compared: npm install --no-save onnxruntime-web@1.30.0 brings it');
    return undefined;
  }
  if (ran.status !== 0) throw new Error(`onnxruntime-web: ${lastLine(ran.stderr)}`);
  const bytes = readFileSync(out);
  return {
    times: asList(JSON.parse(ran.stdout), 'times', asNumber),
    scores: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
  };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function runOurs(weights: string): Promise<Run> {
  await startNodeEngine('wasm');
  const { model, manifest } = await loadReader(folderSource(weights));
  const input: Tensor4D = tensor4d(testInk(), [STAVES, HEIGHT, WIDTH, 1]);
  const columns = WIDTH / COLUMN;
  const mask = columnMask([columns, columns], columns, STAVES);
  const times: number[] = [];
  let scores = new Float32Array();
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    const result = tidy(() => draftScores(model, encode(model, input, mask, manifest.dimensions.heads)));
    scores = new Float32Array(await result.data<'float32'>());
    result.dispose();
    const { user, system } = process.cpuUsage(before);
    if (round > 0) times.push((user + system) / 1000);
  }
  return { times, scores };
}
