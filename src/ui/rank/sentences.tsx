import type { ReactNode } from 'react';
import { unbroken } from '../kit/chart/format.ts';
import { words } from '../words.ts';
import styles from './sentences.module.css';

/** What a view says of its figures, most telling first; `children` stand below. */
export function Sentences({ texts, children }: { texts: readonly string[]; children?: ReactNode }) {
  return (
    <div className={styles.sentences}>
      <h2>{words.rank.see}</h2>
      <ul aria-live="polite">
        {texts.map((text) => (
          <li key={text}>{unbroken(text)}</li>
        ))}
      </ul>
      {children}
    </div>
  );
}
