import { describe, expect, it } from 'vitest';
import { siteFiles } from './site-files.ts';

const scope = 'https://example.org/music/';
const site = siteFiles(
  [
    { url: 'index.html', revision: 'aa' },
    { url: 'read/index.html', revision: 'bb' },
    { url: 'assets/main-x1.js', revision: null },
    { url: 'assets/pdf-x3.js', revision: null },
    { url: 'assets/workers/read-x2.js', revision: null },
    { url: 'samples/adlogs/slice.bin.gz', revision: 'ff' },
    { url: 'models/tromr/manifest.json', revision: 'cc' },
    { url: 'models/tromr/weights-0.bin', revision: 'dd' },
    { url: 'pdf/cmaps/a.bcmap', revision: 'ee' },
  ],
  scope,
);
const get = (path: string) => site.handle({ method: 'GET', url: scope + path });

describe('the files of the site', () => {
  it('are precached if they are of the shell, and only then', () => {
    expect(site.shell()).toEqual([
      { from: scope, address: `${scope}index.html?content=aa` },
      { from: `${scope}read/`, address: `${scope}read/index.html?content=bb` },
      { from: `${scope}assets/main-x1.js`, address: `${scope}assets/main-x1.js` },
    ]);
    expect(site.forReading().map(({ from }) => from)).toEqual([`${scope}assets/workers/read-x2.js`]);
  });

  it('answer to folders, and whatever is asked of a page', () => {
    const page = { kind: 'kept', address: `${scope}read/index.html?content=bb` };
    expect(get('read/')).toEqual(page);
    expect(get('read/?sample=a.jpg#x')).toEqual(page);
    expect(get('read/index.html')).toEqual(page);
  });

  it('are kept when they are first used, manifests only for want of a network', () => {
    expect(get('pdf/cmaps/a.bcmap')).toEqual({
      kind: 'kept',
      address: `${scope}pdf/cmaps/a.bcmap?content=ee`,
    });
    expect(get('models/tromr/manifest.json')).toEqual({
      kind: 'fresh',
      address: `${scope}models/tromr/manifest.json`,
    });
  });

  it('do not include weights, unknown addresses or other sites', () => {
    expect(get('models/tromr/weights-0.bin')).toEqual({ kind: 'pass' });
    expect(get('nowhere.html')).toEqual({ kind: 'pass' });
    expect(site.handle({ method: 'GET', url: 'https://example.org/other/' })).toEqual({ kind: 'pass' });
  });

  it('take photos that are shared with the reading room', () => {
    expect(site.handle({ method: 'POST', url: `${scope}read/?share` })).toEqual({ kind: 'shared' });
    expect(site.handle({ method: 'POST', url: `${scope}read/` })).toEqual({ kind: 'pass' });
  });

  it('of an older version are told from those of this one', () => {
    expect(site.isCurrent(`${scope}index.html?content=aa`)).toBe(true);
    expect(site.isCurrent(`${scope}index.html?content=a0`)).toBe(false);
    expect(site.isCurrent(`${scope}assets/main-x0.js`)).toBe(false);
  });
});
