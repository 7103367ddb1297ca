/**
 * node onnxruntime.cjs MODEL INK STAVES ROWS WIDTH ROUNDS OUT: runs an ONNX model in onnxruntime-web on one WebAssembly thread. Writes
 * what it gives (float32) to OUT and prints the milliseconds of processor time of each round. Exit status 3 if it is not installed.
 */
const { readFileSync, writeFileSync } = require('node:fs');

async function main([model, ink, staves, rows, width, rounds, out]) {
  const ort = require('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(model)), {
    executionProviders: ['wasm'],
  });
  const bytes = readFileSync(ink);
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const input = new ort.Tensor('float32', data, [staves, 1, rows, width].map(Number));
  const times = [];
  for (let round = 0; round <= Number(rounds); round++) {
    const before = process.cpuUsage();
    const { scores } = await session.run({ ink: input });
    const { user, system } = process.cpuUsage(before);
    if (round > 0) times.push((user + system) / 1000);
    else
      writeFileSync(out, new Uint8Array(scores.data.buffer, scores.data.byteOffset, scores.data.byteLength));
  }
  console.log(JSON.stringify(times));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(error.code === 'MODULE_NOT_FOUND' ? 3 : 1);
});
