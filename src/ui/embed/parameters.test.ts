import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARAMETER_NAMES, READ_PARTS, readParameters } from './parameters.ts';

test('an address without parameters means the defaults', () => {
  expect(readParameters('')).toEqual({
    example: null,
    lang: 'auto',
    notes: 'auto',
    theme: 'system',
    hide: [],
    backend: 'auto',
  });
});

test('parameters are read, and what makes no sense is passed over', () => {
  const query = '?example=song.jpg&theme=dark&hide=score,%20save,walls&backend=abacus&notes=german';
  expect(readParameters(query)).toMatchObject({
    example: 'song.jpg',
    theme: 'dark',
    hide: ['score', 'save'],
    backend: 'auto',
    notes: 'german',
  });
});

test('an example is a file of ours and no address', () => {
  for (const example of ['https://example.org/a.jpg', '../secret.png', '//example.org/a.png', 'a.svg'])
    expect(readParameters(`example=${encodeURIComponent(example)}`).example).toBeNull();
});

test('the page for site owners names every parameter and every part', () => {
  const page = readFileSync(new URL('../../../docs/embedding.md', import.meta.url), 'utf8');
  for (const name of [...PARAMETER_NAMES, ...READ_PARTS]) expect(page).toContain(`\`${name}\``);
});
