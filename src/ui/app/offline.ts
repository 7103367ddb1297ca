import { createStore } from 'zustand/vanilla';
import { siteUrl } from './rooms.ts';

/** What is known of the service worker, which opens the site without a connection. */
export const offline = createStore<{
  /** `ready` once everything that the pages need is kept. */
  shell: 'none' | 'coming' | 'ready';
  /** A new version waits until the visitor wants it. */
  update: boolean;
}>(() => ({ shell: 'none', update: false }));

let registration: ServiceWorkerRegistration | undefined;

/** Registers the service worker. Plain HTTP and private windows have none: then everything works as it does without. */
export async function startOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const found = await navigator.serviceWorker
    .register(siteUrl('service-worker.js'), { scope: siteUrl('./') })
    .catch(() => undefined);
  if (!found) return;
  registration = found;
  const look = () =>
    offline.setState({
      shell: found.active ? 'ready' : 'coming',
      // The first one that is installed is no update.
      update: found.waiting !== null && found.active !== null,
    });
  const follow = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look);
  follow(found.installing);
  found.addEventListener('updatefound', () => follow(found.installing));
  look();
}

/** Lets the waiting version take over and shows the page in it. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration?.waiting?.postMessage('skip-waiting');
}

/** Keeps what reading needs beside the weights; called once somebody has read a page. */
export function keepReader(): void {
  registration?.active?.postMessage('keep-for-reading');
}
