/** Photos that another program shared with this one wait in a cache until the reading room takes them. */
const CACHE = 'scoreline-shared';
const NAME = 'X-Name';

/** Puts down the files of a share; the service worker calls this. */
export async function putShared(files: readonly File[]): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map((file, i) =>
      cache.put(
        new URL(`/shared/${Date.now()}-${i}`, location.origin),
        new Response(file, {
          headers: { 'Content-Type': file.type, [NAME]: encodeURIComponent(file.name) },
        }),
      ),
    ),
  );
}

/** Takes what was shared, in order, and clears it away. */
export async function takeShared(): Promise<File[]> {
  const cache = await globalThis.caches?.open(CACHE).catch(() => undefined);
  if (!cache) return [];
  const requests = await cache.keys();
  const files = await Promise.all(
    requests.map(async (request) => {
      const response = await cache.match(request);
      await cache.delete(request);
      const name = decodeURIComponent(response?.headers.get(NAME) ?? '');
      return response && new File([await response.blob()], name);
    }),
  );
  return files.filter((file) => file !== undefined);
}
