import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useState } from 'react';
import { Icon } from '../kit/icon.tsx';
import menu from '../kit/menu.module.css';
import { words } from '../words.ts';
import { ROOMS, type RoomName, siteUrl } from './rooms.ts';
import styles from './shell.module.css';
import { savedTheme, saveTheme, THEMES } from './theme.ts';

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
    <div className={styles.shell} data-fixed={fixed}>
      <a className={styles.skip} href="#content">
        {words.app.skip}
      </a>
      <header className={styles.bar}>
        <a
          className={styles.name}
          href={siteUrl(ROOMS.home.path)}
          aria-current={room === 'home' ? 'page' : undefined}
        >
          {words.app.name}
        </a>
        <nav className={styles.rooms} aria-label={words.app.rooms}>
          {NAMED_ROOMS.map((name) => (
            <a key={name} href={siteUrl(ROOMS[name].path)} aria-current={room === name ? 'page' : undefined}>
              {words.app[name]}
            </a>
          ))}
        </nav>
        <div className={styles.actions}>{actions}</div>
        <ThemeMenu />
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function ThemeMenu() {
  const [theme, setTheme] = useState(savedTheme);
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.theme} aria-label={words.app.theme.label}>
        <Icon name="theme" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={8} align="end" className={menu.positioner}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup
              value={theme}
              onValueChange={(value) => {
                const chosen = THEMES.find((one) => one === value) ?? 'system';
                saveTheme(chosen);
                setTheme(chosen);
              }}
            >
              {THEMES.map((one) => (
                <Menu.RadioItem key={one} value={one} className={menu.item}>
                  <span className={menu.check}>
                    <Menu.RadioItemIndicator>
                      <Icon name="check" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {words.app.theme[one]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
