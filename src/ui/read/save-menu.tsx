import { Menu } from '@base-ui/react/menu';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { SCORE_FORMATS, type ScoreFormat } from '../../workers/protocol.ts';
import { buttonClass, IconButton } from '../kit/button.tsx';
import { saveBlob } from '../kit/chart/download.ts';
import { Icon } from '../kit/icon.tsx';
import menu from '../kit/menu.module.css';
import { MenuItem, MenuList } from '../kit/menu.tsx';
import { words } from '../words.ts';
import { PICTURE_FORMATS, type PictureFormat } from './annotate.ts';
import { PrintSheet, type PrintSheetHandle } from './print-sheet.tsx';
import styles from './save-menu.module.css';
import type { Session } from './session.ts';
import { canShareFiles, share } from './share.ts';

const { save, play } = words;
const NAMES: Record<ScoreFormat, 'musicxml' | 'mxl' | 'midi' | 'semantic'> = {
  musicxml: 'musicxml',
  mxl: 'mxl',
  mid: 'midi',
  semantic: 'semantic',
};
const SHARED = [
  ['musicxml', save.shareMusicXml],
  ['mid', save.shareMidi],
  ['jpg', save.sharePhoto],
] as const;

type Format = ScoreFormat | PictureFormat;

/** Everything that a piece can be taken away as: files, paper, and the share sheet where there is one. */
export function SaveMenu({ session, disabled }: { session: Session; disabled: boolean }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const transpose = useStore(session.store, (state) => state.transpose);
  const sheet = useRef<PrintSheetHandle>(null);

  const write = (format: Format) =>
    (format === 'jpg' || format === 'png' ? session.writePhoto(format) : session.write(format)).catch(
      () => null,
    );
  const download = async (format: Format) => {
    const file = await write(format);
    setTrouble(file ? null : save.failed);
    if (file) saveBlob(file.blob, file.name);
  };
  const hand = async (format: Format) => {
    const file = await write(format);
    if (!file) return setTrouble(save.failed);
    const shared = await share(file);
    setTrouble(shared ? null : save.notShared);
    if (!shared) saveBlob(file.blob, file.name);
  };
  const print = async () => {
    const printed = await sheet.current?.print();
    setTrouble(printed ? null : save.printFailed);
  };

  return (
    <div className={styles.save}>
      <Menu.Root>
        <Menu.Trigger className={buttonClass(disabled ? 'quiet' : 'primary')} disabled={disabled}>
          <Icon name="save" />
          {save.label}
        </Menu.Trigger>
        <MenuList sideOffset={8} align="end" look={styles.popup}>
          {SCORE_FORMATS.map((format) => (
            <Item key={format} {...save[NAMES[format]]} onClick={() => void download(format)} />
          ))}
          <Menu.Separator className={styles.rule} />
          {PICTURE_FORMATS.map((format) => (
            <Item key={format} {...save[format]} onClick={() => void download(format)} />
          ))}
          <Item {...save.print} onClick={() => void print()} />
          {canShareFiles() && (
            <>
              <Menu.Separator className={styles.rule} />
              {SHARED.map(([format, names]) => (
                <Item key={format} {...names} onClick={() => void hand(format)} />
              ))}
            </>
          )}
          <Menu.Separator className={styles.rule} />
          <p className={styles.note}>
            {transpose !== 0 && `${save.transposed(intervalWords(transpose))} `}
            {save.private}
          </p>
        </MenuList>
      </Menu.Root>
      {trouble !== null && (
        <div role="alert" className={styles.trouble}>
          <p>{trouble}</p>
          <IconButton icon="close" name={save.close} onClick={() => setTrouble(null)} />
        </div>
      )}
      <PrintSheet ref={sheet} session={session} />
    </div>
  );
}

function Item({ name, note, onClick }: { name: string; note: string; onClick: () => void }) {
  return (
    <MenuItem onClick={onClick}>
      <span className={menu.name}>{name}</span>
      <span className={menu.note}>{note}</span>
    </MenuItem>
  );
}

function intervalWords(semitones: number): string {
  const interval = play.transpose.intervals[Math.abs(semitones) - 1] ?? '';
  const text = semitones > 0 ? play.transpose.up(interval) : play.transpose.down(interval);
  return text.charAt(0).toLowerCase() + text.slice(1);
}
