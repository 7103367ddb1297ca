import { Dialog } from '@base-ui/react/dialog';
import type { KeyboardEventHandler, ReactNode } from 'react';
import { Button, IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { words } from '../words.ts';
import styles from './frame.module.css';
import { useControl } from './rank-room.ts';
import { useNarrow } from './use-narrow.ts';

const say = words.rank;

/**
 * The frame of every view: a rail of switches, the charts, what they say in sentences, and a bar below. On a phone the
 * rail is a sheet that a button in the bar opens.
 */
export function Frame({
  rail,
  sentences,
  foot,
  onKeyDown,
  children,
}: {
  rail?: ReactNode;
  sentences?: ReactNode;
  foot?: ReactNode;
  onKeyDown?: KeyboardEventHandler;
  children: ReactNode;
}) {
  const narrow = useNarrow();
  const view = useControl('view');
  const asSheet = narrow && rail !== undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside, heard in one place
    <div className={styles.frame} onKeyDown={onKeyDown}>
      {!narrow && rail !== undefined && (
        <section className={styles.rail} aria-label={say.controls} data-tour="rail">
          {rail}
        </section>
      )}
      <div className={styles.main} data-tour="charts">
        <h2 className="visually-hidden">{say.views[view]}</h2>
        {children}
      </div>
      {sentences !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={styles.aside} aria-label={say.see} tabIndex={0}>
          {sentences}
        </section>
      )}
      {(foot !== undefined || asSheet) && (
        <div className={styles.foot} data-tour="transport">
          {asSheet && <RailSheet>{rail}</RailSheet>}
          {foot}
        </div>
      )}
    </div>
  );
}

function RailSheet({ children }: { children: ReactNode }) {
  return (
    <Dialog.Root>
      <Dialog.Trigger render={<Button data-tour="rail" />}>
        <Icon name="settings" />
        {say.controls}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.sheet}>
          <div className={styles.sheetHead}>
            <Dialog.Title>{say.controls}</Dialog.Title>
            <Dialog.Close render={<IconButton icon="close" name={say.closeControls} />} />
          </div>
          <div className={styles.sheetBody}>{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
