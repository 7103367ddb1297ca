import { useEffect } from 'react';
import { takeShared } from '../../workers/shared-photos.ts';
import { useIncoming } from '../kit/use-incoming.ts';
import { intakeOf } from './intake.ts';
import type { Session } from './session.ts';

/** Takes files that are dropped or pasted anywhere on the page. Returns whether one is being dragged over it. */
export function useIncomingPhotos(onPhotos: (files: File[]) => void): boolean {
  const take = (data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    if (files.length > 0) onPhotos(files);
    return files.length > 0;
  };
  return useIncoming({
    // Whatever else is dropped here must not lead away from the page.
    drop: (data) => take(data) || true,
    paste: take,
  });
}

// Chromium's; the DOM's library does not have it yet.
declare global {
  var launchQueue:
    | { setConsumer(consumer: (launch: { files: readonly FileSystemFileHandle[] }) => void): void }
    | undefined;
}

/** Takes the files with which the installed app was opened, or which another program shared with it. */
export function useLaunchedPhotos(session: Session): void {
  useEffect(() => {
    const take = (files: File[]) => {
      if (files.length > 0) void intakeOf(session).receive(files, 'new');
    };
    globalThis.launchQueue?.setConsumer(({ files }) => {
      void Promise.all(files.map((handle) => handle.getFile())).then(take);
    });
    if (!new URLSearchParams(location.search).has('shared')) return;
    // A reload does not share anew.
    history.replaceState(null, '', location.pathname);
    void takeShared().then(take);
  }, [session]);
}
