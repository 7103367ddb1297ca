import { useEffect, useEffectEvent, useState } from 'react';

/** Takes a log that is dropped or pasted anywhere, as a file or as text. Returns whether one is being dragged over the page. */
export function useIncomingLogs(onLog: (file: Blob, name: string) => void, pastedName: string): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null): boolean => {
    const file = data?.files[0];
    if (file) {
      onLog(file, file.name);
      return true;
    }
    const text = data?.getData('text/plain') ?? '';
    // A word or a link is no log; what has lines may be one.
    if (!text.trim().includes('\n')) return false;
    onLog(new Blob([text], { type: 'text/plain' }), pastedName);
    return true;
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
      setDragging(false);
      if (take(event.dataTransfer)) event.preventDefault();
    };
    const paste = (event: ClipboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (!inField && take(event.clipboardData)) event.preventDefault();
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
