import { build } from 'vite';

/** Builds a module and all that it imports as one piece of code of its own. @throws Error */
export async function buildOneModule(
  entry: string,
  format: 'es' | 'iife',
  target: string | string[] | false,
): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: target || 'esnext',
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict', output: { format } },
    },
  });
  const [chunk, ...others] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} did not become one module`);
  return chunk.code;
}
