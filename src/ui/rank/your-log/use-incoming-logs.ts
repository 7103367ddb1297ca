import { useIncoming } from '../../kit/use-incoming.ts';

/** Takes a log that is dropped or pasted anywhere, as a file or as text. Returns whether one is being dragged over the page. */
export function useIncomingLogs(onLog: (file: Blob, name: string) => void, pastedName: string): boolean {
  const take = (data: DataTransfer | null): boolean => {
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
  };
  return useIncoming({
    drop: take,
    paste: (data, target) => {
      const inField = target instanceof Element && target.closest('input, textarea, select');
      return !inField && take(data);
    },
  });
}
