import { type Ref, useEffect, useImperativeHandle, useMemo, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { cleanSvg } from './clean-svg.ts';
import styles from './print-sheet.module.css';
import type { Session } from './session.ts';

/** Width of the printed lines in px: what lies between the margins of A4, where staves are printed as large as usual. */
const SHEET = 680;

export type PrintSheetHandle = {
  /** Engraves the score for paper and opens the print dialogue. Returns whether there was something to print. */
  print(): Promise<boolean>;
};

type Sheet = { title: string; lines: readonly string[] };

/** What is printed instead of the page: the engraved score with its name. Printing by the browser's menu prints it as it is shown. */
export function PrintSheet({ session, ref }: { session: Session; ref: Ref<PrintSheetHandle> }) {
  const [sheet, setSheet] = useState<Sheet | null>(null);

  useImperativeHandle(ref, () => ({
    async print() {
      const lines = await session.engraveSheet(SHEET).catch(() => []);
      if (lines.length === 0) return false;
      flushSync(() => setSheet({ title: session.store.getState().piece?.name ?? '', lines }));
      window.print();
      return true;
    },
  }));

  useEffect(() => {
    const before = () => {
      const { engraving, piece } = session.store.getState();
      const lines = 'lines' in engraving ? engraving.lines : [];
      flushSync(() =>
        setSheet((now) => now ?? (lines.length > 0 ? { title: piece?.name ?? '', lines } : null)),
      );
    };
    const after = () => setSheet(null);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [session]);

  return sheet && createPortal(<Lines {...sheet} />, document.body);
}

function Lines({ title, lines }: Sheet) {
  const clean = useMemo(() => lines.map(cleanSvg), [lines]);
  return (
    <div className={styles.sheet} data-sheet="" aria-hidden="true">
      {title && <h1>{title}</h1>}
      {clean.map((svg, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned just above
        <div key={i} className={styles.line} dangerouslySetInnerHTML={{ __html: svg }} />
      ))}
    </div>
  );
}
