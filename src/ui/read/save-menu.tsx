import { Menu } from '@base-ui/react/menu';
import { useState } from 'react';
import { SCORE_FORMATS, type ScoreFormat } from '../../workers/protocol.ts';
import { buttonClass } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import menu from '../kit/menu.module.css';
import { words } from '../words.ts';
import type { Session } from './session.ts';

const { save } = words.read;
const NAMES: Record<ScoreFormat, keyof typeof save & ('musicxml' | 'mxl' | 'midi' | 'semantic')> = {
  musicxml: 'musicxml',
  mxl: 'mxl',
  mid: 'midi',
  semantic: 'semantic',
};

export function SaveMenu({ session, disabled }: { session: Session; disabled: boolean }) {
  const [failed, setFailed] = useState(false);
  const write = async (format: ScoreFormat) => {
    const file = await session.write(format).catch(() => null);
    setFailed(file === null);
    if (file) download(file.blob, file.name);
  };
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className={buttonClass(disabled ? 'quiet' : 'primary')} disabled={disabled}>
          <Icon name="save" />
          {save.label}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={8} align="end" className={menu.positioner}>
            <Menu.Popup className={menu.popup}>
              {SCORE_FORMATS.map((format) => (
                <Menu.Item key={format} className={menu.item} onClick={() => void write(format)}>
                  <span className={menu.name}>{save[NAMES[format]].name}</span>
                  <span className={menu.note}>{save[NAMES[format]].note}</span>
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {failed && (
        <span role="alert" className="visually-hidden">
          {save.failed}
        </span>
      )}
    </>
  );
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
