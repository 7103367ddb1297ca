import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/ui/embed/scoreline-demo.ts', import.meta.url));
/** Its address is written into other sites' pages: it never changes, and it shares no chunk with the rooms. */
const FILE = 'embed/scoreline-demo.js';

/** Builds `<scoreline-demo>` as one module of a stable name. */
export const embedElement: Plugin = {
  name: 'embed-element',
  apply: 'build',
  async generateBundle() {
    const built = await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        write: false,
        target: this.environment.config.build.target || 'esnext',
        rollupOptions: { input: ENTRY, preserveEntrySignatures: 'strict' },
      },
    });
    const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    const [chunk, ...others] = chunks;
    if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${ENTRY} did not become one module`);
    this.emitFile({ type: 'asset', fileName: FILE, source: chunk.code });
  },
};
