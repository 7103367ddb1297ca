/**
 * What the service worker does with each request of the site: pure, so that it is tested without one. Files of the
 * build are kept under an address that names their content, in one cache for all versions: a new version fetches only
 * what changed, and the old one finds its own files until it is gone.
 */

/** A file of the build; `revision` stands for its content where the name does not. */
export type BuiltFile = { url: string; revision: string | null };

/** What workers load (tensors, Verovio, PDF, sound), models and sample logs: large, kept when first used. */
const WHEN_USED = /^(assets\/(workers\/|pdf-)|(models|samples\/adlogs|sound|pdf)\/)/;
/** Kept for the hour without a connection, but asked for anew as long as there is one. */
const FRESH = /^models\/[^/]+\/manifest\.json$/;
/** Weights have a cache of their own, by their hash, which pages look after. */
const OWN_CACHE = /^models\/.*\.bin$/;
/** What the workers of the reading room load. */
const FOR_READING = /^assets\/workers\//;

export type Handling =
  /** From the cache; fetched and kept if it is not there. */
  | { kind: 'kept'; address: string }
  /** From the network, and from the cache where there is none. */
  | { kind: 'fresh'; address: string }
  /** Photos that another program shares with this one. */
  | { kind: 'shared' }
  /** As if there were no service worker. */
  | { kind: 'pass' };

/** The site's files, by path below the service worker's scope. */
export function siteFiles(files: readonly BuiltFile[], scope: string) {
  const addresses = new Map(
    files
      .filter(({ url }) => !OWN_CACHE.test(url))
      .map(({ url, revision }) => [url, addressOf(url, revision, scope)]),
  );
  const pathOf = (address: string) => {
    const url = new URL(address);
    if (!url.href.startsWith(scope)) return null;
    const path = decodeURIComponent(url.href.slice(scope.length).replace(/[?#].*$/, ''));
    return path === '' || path.endsWith('/') ? `${path}index.html` : path;
  };
  return {
    /** Where each file of the shell is fetched, and the address under which it is kept. */
    shell: () => entries(addresses, (url) => !WHEN_USED.test(url), scope),
    forReading: () => entries(addresses, (url) => FOR_READING.test(url), scope),
    /** Whether an address of the cache belongs to this version. */
    isCurrent: (address: string) => [...addresses.values()].includes(address),
    handle(request: { method: string; url: string }): Handling {
      const path = pathOf(request.url);
      if (path === null) return { kind: 'pass' };
      if (request.method === 'POST')
        return path === 'read/index.html' && new URL(request.url).searchParams.has('share')
          ? { kind: 'shared' }
          : { kind: 'pass' };
      if (request.method !== 'GET') return { kind: 'pass' };
      if (FRESH.test(path)) return { kind: 'fresh', address: scope + path };
      const address = addresses.get(path);
      return address === undefined ? { kind: 'pass' } : { kind: 'kept', address };
    },
  };
}

function addressOf(url: string, revision: string | null, scope: string): string {
  return `${scope}${url}${revision === null ? '' : `?content=${revision}`}`;
}

function entries(
  addresses: ReadonlyMap<string, string>,
  wanted: (url: string) => boolean,
  scope: string,
): { from: string; address: string }[] {
  return [...addresses]
    .filter(([url]) => wanted(url))
    .map(([url, address]) => ({
      // Hosts that redirect …/index.html to …/ are spared the detour.
      from: scope + url.replace(/(^|\/)index\.html$/, '$1'),
      address,
    }));
}
