/** The share sheet of the device. */

export type OutFile = { blob: Blob; name: string };

/** Whether files can be shared at all; which kinds is known only once one is offered. */
export function canShareFiles(): boolean {
  const probe = new File([], 'score.txt', { type: 'text/plain' });
  return typeof navigator.share === 'function' && (navigator.canShare?.({ files: [probe] }) ?? false);
}

/** Hands a file to the share sheet. False if the device refuses its kind; closing the sheet is no refusal. */
export async function share({ blob, name }: OutFile): Promise<boolean> {
  const files = [new File([blob], name, { type: blob.type })];
  if (!navigator.canShare?.({ files })) return false;
  try {
    await navigator.share({ files, title: name });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
}
