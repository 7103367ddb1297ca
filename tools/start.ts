/**
 * npm start [-- --https]: builds the page if need be, serves it and prints its address. PORT chooses the port. With
 * --https phones on the local network can open it too (with a certificate of its own, which they ask about once).
 */
import basicSsl from '@vitejs/plugin-basic-ssl';
import { preview } from 'vite';
import { buildIfStale, ROOT } from './build.ts';

const https = process.argv.includes('--https');
const port = process.env.PORT === undefined ? undefined : Number(process.env.PORT);
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) {
  console.error(`PORT must be a number from 0 to 65535, not “${process.env.PORT}”`);
  process.exit(2);
}

await buildIfStale();
const server = await preview({
  root: ROOT,
  logLevel: 'warn',
  plugins: https ? [basicSsl()] : [],
  preview: {
    host: https ? true : '127.0.0.1',
    port: port ?? 4173,
    // A port that was asked for is a promise; else the next free one will do.
    strictPort: port !== undefined,
    open: false,
  },
}).catch((error: unknown) => {
  // A port that is taken is no fault of the program.
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
});
for (const url of server.resolvedUrls?.local ?? []) console.log(`Scoreline  ${url}`);
for (const url of server.resolvedUrls?.network ?? []) console.log(`on this network  ${url}`);
