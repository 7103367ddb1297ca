import { expect, test } from 'vitest';
import { scriptsOf, sourcesOf } from './landing-files.ts';

const manifest = {
  'index.html': { file: 'assets/home.js', imports: ['_react.js', '_base.css'] },
  'src/ui/app/home.tsx': { file: 'assets/page.js', imports: ['_react.js', '_words.js'] },
  '_react.js': { file: 'assets/react.js', imports: ['_words.js'] },
  '_words.js': { file: 'assets/words.js', imports: ['_react.js'] },
  '_base.css': { file: 'assets/base.css', imports: [] },
  'src/ui/read/room.tsx': { file: 'assets/room.js', imports: [] },
};

test('scripts of a page are its entries and what they import, each once, and nothing that comes later', () => {
  expect(scriptsOf(manifest, ['index.html', 'src/ui/app/home.tsx']).sort()).toEqual([
    'assets/home.js',
    'assets/page.js',
    'assets/react.js',
    'assets/words.js',
  ]);
});

test('a source that was not built is an error', () => {
  expect(() => scriptsOf(manifest, ['gone.html'])).toThrow('gone.html');
});

test('an HTML file names its scripts', () => {
  const html = '<script type="module" src="./assets/home.js"></script><link href="./assets/react.js">';
  expect(sourcesOf(manifest, html)).toEqual(['index.html', '_react.js']);
});
