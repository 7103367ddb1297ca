import type { ReactNode } from 'react';
import { siteLink } from '../app/rooms.ts';
import { words } from '../words.ts';
import styles from './frame.module.css';

/** The way to the room itself, in a tab of its own, and what else stands at the foot of a frame. */
export function Foot({ path, children }: { path: string; children?: ReactNode }) {
  return (
    <footer className={styles.foot}>
      <a data-part="link" className={styles.link} href={siteLink(path)} target="_blank" rel="noopener">
        {words.app.name}
        <span className="visually-hidden">, {words.embed.newTab}</span>
      </a>
      {children}
    </footer>
  );
}
