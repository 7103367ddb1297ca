/** A name for people out of a file's. */
export function pieceName(fileName: string): string {
  return fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[_]+/g, ' ')
    .trim();
}

/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  return (
    name
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what file systems refuse
      .replace(/[\u0000-\u001f<>:"/\\|?*\s]+/g, ' ')
      .trim()
      .slice(0, 80) || 'score'
  );
}
