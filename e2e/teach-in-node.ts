/** node --import tsx e2e/teach-in-node.ts SETTINGS: plays a run of Teach on WebAssembly in Node and prints its days, both as JSON. */
import { fileURLToPath } from 'node:url';
import { shippedModels } from '../src/inference/ranking/shipped-models.ts';
import { createMemory, playDays } from '../src/inference/ranking/teach.ts';
import { teachSettings } from '../src/workers/rank-protocol.ts';
import { folderSource, startNodeEngine } from '../tools/node-engine.ts';

const folder = (model: string) => fileURLToPath(new URL(`../public/models/${model}`, import.meta.url));

const settings = teachSettings(JSON.parse(process.argv[2] ?? 'null'));
await startNodeEngine('wasm');
const shipped = await shippedModels({ fm: folderSource(folder('fm')), vm: folderSource(folder('vm')) });
const days = [];
for await (const day of playDays(settings, { memory: createMemory(), shipped })) days.push(day);
console.log(JSON.stringify(days));
