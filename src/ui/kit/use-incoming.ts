import { useEffect, useEffectEvent, useState } from 'react';

type Takers = {
  /** Takes what was dropped; whether it did, so that the browser leaves it alone. */
  drop: (data: DataTransfer | null) => boolean;
  /** The same for what was pasted, and where. */
  paste: (data: DataTransfer | null, target: EventTarget | null) => boolean;
};

/** Hands on what is dropped or pasted anywhere on the page. Returns whether files are being dragged over it. */
export function useIncoming(takers: Takers): boolean {
  const [dragging, setDragging] = useState(false);
  const drop = useEffectEvent(takers.drop);
  const paste = useEffectEvent(takers.paste);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const onDrop = (event: DragEvent) => {
      setDragging(false);
      if (drop(event.dataTransfer)) event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (paste(event.clipboardData, event.target)) event.preventDefault();
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
  return dragging;
}
