import { expect, test } from 'vitest';
import { reportText } from './report.ts';

test('a report is a line for each fact that there is', () => {
  const failed = { code: 'device_lost', message: 'gone', facts: { backend: 'webgpu', megapixels: 12.2 } };
  expect(reportText(failed, { version: '0.1.0', browser: '' })).toBe(
    'problem: device_lost\nmessage: gone\nbackend: webgpu\nmegapixels: 12.2\nversion: 0.1.0',
  );
});
