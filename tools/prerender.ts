/** The home page is drawn when the site is built, so that it is seen before its script arrives. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createServer, type HtmlTagDescriptor, type IndexHtmlTransformContext, type Plugin } from 'vite';
import { buildOneModule } from './one-module.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const ROOM = file('../src/ui/app/home.tsx');
const DRAWN = file('../src/ui/app/drawn-home.tsx');
const FIRST = file('../src/first.ts');
const PLACE = '<div id="app"></div>';
const SHEET = /<link rel="stylesheet"[^>]* href="\.\/([^"]+)">\s*/g;
/** The typefaces of what is seen first. */
const FONTS = /(newsreader|inter)-latin-wght-normal.*\.woff2$/;

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/** @param define what the build replaces in the code, as in `vite.config.ts` */
export function drawnHome(define: Record<string, string>): Plugin {
  let first = { name: '', source: '' };
  return {
    name: 'drawn-home',
    apply: 'build',
    async generateBundle() {
      const source = await buildOneModule(FIRST, 'iife', this.environment.config.build.target);
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      first = { name: `assets/first-${hash}.js`, source };
      this.emitFile({ type: 'asset', fileName: first.name, source });
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { path, bundle }) {
        if (path !== '/index.html' || !bundle) return html;
        if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
        const drawn = await draw(define);
        const { scripts, styles } = filesOf(bundle);
        const sheets = [...html.matchAll(SHEET)].flatMap(([, name = '']) => name);
        const all = [...sheets, ...styles.filter((name) => !sheets.includes(name))];
        const css = all.map((name) => styleOf(bundle, name)).join('\n');
        expectStyled(drawn, css);
        const link = (rel: string, name: string, attrs: Record<string, string> = {}): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel, href: `./${name}`, ...attrs },
          injectTo: 'head',
        });
        const fonts = Object.keys(bundle).filter((name) => FONTS.test(name));
        return {
          html: html.replaceAll(SHEET, '').replace(PLACE, () => `<div id="app">${drawn}</div>`),
          tags: [
            { tag: 'script', attrs: { src: `./${first.name}` }, injectTo: 'head-prepend' },
            { tag: 'style', children: css, injectTo: 'head' },
            ...fonts.map((name) =>
              link('preload', name, { as: 'font', type: 'font/woff2', crossorigin: '' }),
            ),
            ...scripts.filter((name) => !html.includes(name)).map((name) => link('modulepreload', name)),
            // Said already; the script looks whether they are there before it shows a room.
            ...all.map((name) => link('stylesheet', name, { media: 'not all', crossorigin: '' })),
          ],
        };
      },
    },
  };
}

/** The page as the same components draw it in Node. */
async function draw(define: Record<string, string>): Promise<string> {
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    define,
    plugins: [react()],
    server: { middlewareMode: true, ws: false, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { drawHome } = await server.ssrLoadModule(DRAWN);
    return String(drawHome());
  } finally {
    await server.close();
  }
}

/** Scripts and style sheets that the home page's room and all that it imports were built into. */
function filesOf(bundle: Bundle): { scripts: string[]; styles: string[] } {
  const room = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId === ROOM);
  if (!room) throw new Error(`the build has no ${ROOM}`);
  const seen = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (seen.has(name) || chunk?.type !== 'chunk') return;
    seen.add(name);
    chunk.imports.forEach(visit);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
  };
  visit(room.fileName);
  return { scripts: [...seen], styles: [...styles] };
}

/** A style sheet of the build, for the page itself: addresses in it are relative to its own folder. */
function styleOf(bundle: Bundle, name: string): string {
  const sheet = bundle[name];
  if (sheet?.type !== 'asset') throw new Error(`the build has no ${name}`);
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return String(sheet.source).replaceAll('url(./', `url(./${folder}`);
}

/** What was drawn has the names of classes that the build gave them. @throws Error */
function expectStyled(html: string, css: string): void {
  const classes = [...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(/\s+/));
  const missing = classes.find((name) => name !== '' && !css.includes(`.${name}`));
  if (missing !== undefined) throw new Error(`no style sheet of the home page knows the class ${missing}`);
}
