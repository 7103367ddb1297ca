import type { ReactNode } from 'react';
import { words } from '../words.ts';
import { OfflinePanel } from './offline-panel.tsx';
import { ROOMS, type RoomName, siteLink } from './rooms.ts';
import { SettingsPanel } from './settings-panel.tsx';
import styles from './shell.module.css';
import { UpdateBar } from './update-bar.tsx';

const NAMED_ROOMS = (Object.keys(ROOMS) as RoomName[]).filter((name) => name !== 'home');

/** The bar at the top of every room, and below it the room; `actions` stand at the bar's right end. */
export function Shell({
  room,
  actions,
  children,
  fixed = false,
}: {
  room: RoomName;
  actions?: ReactNode;
  children: ReactNode;
  /** The room fills the window and scrolls inside. */
  fixed?: boolean;
}) {
  return (
    <div className={styles.shell} data-fixed={fixed} data-room={room}>
      <a className={styles.skip} href="#content">
        {words.app.skip}
      </a>
      <header className={styles.bar}>
        <a
          className={styles.name}
          href={siteLink(ROOMS.home.path)}
          aria-current={room === 'home' ? 'page' : undefined}
        >
          {words.app.name}
        </a>
        <nav className={styles.rooms} aria-label={words.app.rooms}>
          {NAMED_ROOMS.map((name) => (
            <a key={name} href={siteLink(ROOMS[name].path)} aria-current={room === name ? 'page' : undefined}>
              {words.app[name]}
            </a>
          ))}
        </nav>
        <div className={styles.actions}>{actions}</div>
        <SettingsPanel>
          <OfflinePanel />
        </SettingsPanel>
      </header>
      <UpdateBar />
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
