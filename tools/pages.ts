/** What all HTML files of the site share, and the headers that they are served with. */
import type { Plugin } from 'vite';
import { words } from '../src/ui/words.ts';
import { CONTENT_SECURITY_POLICY, headersOf } from './csp.ts';

/**
 * Completes each HTML file, which holds only what is its own: title, description, room and script. Hosts that set no
 * headers get the policy from the page; the development server's own scripts would break it.
 */
export const sharedHead: Plugin = {
  name: 'shared-head',
  transformIndexHtml: {
    order: 'pre',
    handler: (_, { path, server }) => {
      const meta = (attrs: Record<string, string>) =>
        ({ tag: 'meta', attrs, injectTo: 'head-prepend' }) as const;
      const root = '../'.repeat(path.split('/').length - 2) || './';
      return [
        meta({ charset: 'utf-8' }),
        ...(server
          ? []
          : [meta({ 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY })]),
        meta({ name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }),
        meta({ name: 'color-scheme', content: 'light dark' }),
        meta({ name: 'theme-color', content: '#fbf9f4', media: '(prefers-color-scheme: light)' }),
        meta({ name: 'theme-color', content: '#16161a', media: '(prefers-color-scheme: dark)' }),
        {
          tag: 'link',
          attrs: { rel: 'icon', href: `${root}icon.svg`, type: 'image/svg+xml' },
          injectTo: 'head',
        },
        { tag: 'link', attrs: { rel: 'manifest', href: `${root}manifest.webmanifest` }, injectTo: 'head' },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `${root}icons/180.png` }, injectTo: 'head' },
        { tag: 'noscript', children: words.app.noScript, injectTo: 'body' },
      ];
    },
  },
};

/** Sends the headers of each path with the built site. */
export const previewHeaders: Plugin = {
  name: 'preview-headers',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      for (const [name, value] of Object.entries(headersOf(pathname))) response.setHeader(name, value);
      next();
    });
  },
};
