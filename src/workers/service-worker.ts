/** The service worker: opens the site without a connection, and takes photos that other programs share. */
import { putShared } from './shared-photos.ts';
import { type BuiltFile, siteFiles } from './site-files.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: BuiltFile[] };

const FILES = 'scoreline-files';
/** How many files are fetched at a time, so that installing leaves the connection to the page. */
const AT_ONCE = 4;

const scope = new URL('./', location.href).href;
const site = siteFiles(self.__WB_MANIFEST, scope);

self.addEventListener('install', (event) => event.waitUntil(keepAll(site.shell())));

self.addEventListener('activate', (event) =>
  event.waitUntil(forgetOldFiles().then(() => self.clients.claim())),
);

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') event.waitUntil(self.skipWaiting());
  if (event.data === 'keep-for-reading') event.waitUntil(keepAll(site.forReading()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const handling = site.handle(request);
  switch (handling.kind) {
    case 'kept':
      return event.respondWith(fromCache(request, handling.address));
    case 'fresh':
      return event.respondWith(fromNetwork(request, handling.address));
    case 'shared':
      return event.respondWith(takeShare(request));
    case 'pass':
      return;
  }
});

async function keepAll(files: { from: string; address: string }[]): Promise<void> {
  const cache = await caches.open(FILES);
  const waiting = [...files];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      if (await cache.match(file.address)) continue;
      const response = await fetch(file.from, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`${file.from}: status ${response.status}`);
      await cache.put(file.address, asOwn(response));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(FILES);
  const requests = await cache.keys();
  const old = requests.filter(
    ({ url }) => !site.isCurrent(url) && site.handle({ method: 'GET', url }).kind !== 'fresh',
  );
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function fromCache(request: Request, address: string): Promise<Response> {
  const cache = await caches.open(FILES);
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) await keep(cache, address, response);
  return response;
}

async function fromNetwork(request: Request, address: string): Promise<Response> {
  const cache = await caches.open(FILES);
  try {
    const response = await fetch(request);
    if (response.status === 200) await keep(cache, address, response);
    return response;
  } catch (error) {
    const kept = await cache.match(address);
    if (kept) return kept;
    throw error;
  }
}

/** A full disk is no reason to fail. */
async function keep(cache: Cache, address: string, response: Response): Promise<void> {
  await cache.put(address, asOwn(response.clone())).catch(() => undefined);
}

/** Pages must not be answered with a response that was redirected. */
function asOwn(response: Response): Response {
  if (!response.redirected) return response;
  const { status, headers } = response;
  return new Response(response.body, { status, headers });
}

async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  await putShared([...form.values()].filter((value) => value instanceof File));
  return Response.redirect(`${scope}read/?shared`, 303);
}
