import { useEffect, useEffectEvent, useState } from 'react';
import { takeShared } from '../../workers/shared-photos.ts';
import { intakeOf } from './intake.ts';
import type { Session } from './session.ts';

/** Takes files that are dropped or pasted anywhere on the page. Returns whether one is being dragged over it. */
export function useIncomingPhotos(onPhotos: (files: File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    if (files.length > 0) onPhotos(files);
    return files.length > 0;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setDragging(false);
      take(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      if (take(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return dragging;
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
