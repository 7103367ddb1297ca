/** What the page may load: itself and nothing else. WebAssembly needs a word of its own; React and Verovio style inline. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** The module that other sites load; browsers fetch modules of another origin only where it is allowed. */
const ELEMENT = '/embed/scoreline-demo.js';

/**
 * The headers of a path of the site, `/` being its root. Who may frame a page can be said by a header only: anybody
 * what is under `/embed/`, nobody the rest.
 */
export function headersOf(path: string): Record<string, string> {
  const framers = path.startsWith('/embed/') ? '*' : "'none'";
  return {
    'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors ${framers}`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(path === ELEMENT && { 'Access-Control-Allow-Origin': '*' }),
  };
}
