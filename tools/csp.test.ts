import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, headersOf } from './csp.ts';

const policy = (path: string) => headersOf(path)['Content-Security-Policy'] ?? '';

test('nobody may frame a page, but for those made to be framed', () => {
  for (const path of ['/', '/read/', '/embedded', '/assets/a.js'])
    expect(policy(path)).toMatch(/frame-ancestors 'none'$/);
  for (const path of ['/embed/read/', '/embed/rank/index.html'])
    expect(policy(path)).toMatch(/frame-ancestors \*$/);
});

test('nothing is loaded from elsewhere and no text is run as a script', () => {
  expect(CONTENT_SECURITY_POLICY).not.toMatch(
    /https?:|unsafe-eval'.*unsafe-eval|script-src[^;]*(unsafe-inline|data:|\*)/,
  );
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'self'");
});

test('other sites may load the element, and no other file, as a module', () => {
  expect(headersOf('/embed/scoreline-demo.js')).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
  expect(headersOf('/embed/read/')).not.toHaveProperty('Access-Control-Allow-Origin');
});
