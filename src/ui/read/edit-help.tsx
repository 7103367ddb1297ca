import { Dialog } from '@base-ui/react/dialog';
import { IconButton } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './sheet.module.css';

const { keys: say } = words.edit;

/** The keys for correcting, in a sheet. */
export function EditHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(to) => !to && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.sheet}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{say.title}</Dialog.Title>
            <Dialog.Close render={<IconButton icon="close" name={say.close} />} />
          </div>
          <dl className={styles.keys}>
            {say.rows.map(({ keys, text }) => (
              <div key={text}>
                <dt>
                  {keys.map((key) => (key === '…' ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
