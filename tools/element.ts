import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { buildOneModule } from './one-module.ts';

const ENTRY = fileURLToPath(new URL('../src/ui/embed/scoreline-demo.ts', import.meta.url));
/** Its address is written into other sites' pages: it never changes, and it shares no chunk with the rooms. */
const FILE = 'embed/scoreline-demo.js';

/** Builds `<scoreline-demo>` as one module of a stable name. */
export const embedElement: Plugin = {
  name: 'embed-element',
  apply: 'build',
  async generateBundle() {
    const source = await buildOneModule(ENTRY, 'es', this.environment.config.build.target);
    this.emitFile({ type: 'asset', fileName: FILE, source });
  },
};
