import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { Menu } from '@base-ui/react/menu';
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from '../kit/button.tsx';
import { saveBlob } from '../kit/chart/download.ts';
import { Icon } from '../kit/icon.tsx';
import { MenuItem, MenuList } from '../kit/menu.tsx';
import { locale } from '../numbers.ts';
import { words } from '../words.ts';
import type { PieceEntry } from './piece-record.ts';
import type { Shelf } from './pieces.ts';
import styles from './pieces-list.module.css';
import type { Session } from './session.ts';
import sheet from './sheet.module.css';

const { pieces: say } = words.edit;

/** What one is asked about before it is done. */
type Question =
  | { kind: 'remove'; piece: PieceEntry }
  | { kind: 'clear' }
  | { kind: 'rename'; piece: PieceEntry };

/** The pieces on this device, the latest first: to open, rename, delete, and to carry away and bring back as one file. */
export function Pieces({ session, shelf }: { session: Session; shelf: Shelf }) {
  const [found, setPieces] = useState<PieceEntry[] | null>(null);
  const pieces = found ?? [];
  const [question, setQuestion] = useState<Question | null>(null);
  const [said, setSaid] = useState('');
  const load = useCallback(() => shelf.list().then(setPieces), [shelf]);
  useEffect(() => {
    void load();
  }, [load]);
  const done = (deed: Promise<void>) =>
    void deed
      .catch(() => setSaid(say.notRemoved))
      .then(load)
      .finally(() => setQuestion(null));
  const bringBack = useImport({ shelf, pieces, onSaid: setSaid, onChanged: load });
  return (
    <section className={styles.pieces} aria-label={say.title} hidden={found === null}>
      {bringBack.input}
      {pieces.length > 0 ? (
        <header className={styles.head}>
          <h3>{say.title}</h3>
          <AllMenu
            shelf={shelf}
            pieces={pieces}
            onSaid={setSaid}
            onImport={bringBack.choose}
            onClear={() => setQuestion({ kind: 'clear' })}
          />
        </header>
      ) : (
        // A new device, or one whose pieces are gone.
        <p className={styles.first}>
          <Button look="plain" onClick={bringBack.choose}>
            {say.importFirst}
          </Button>
        </p>
      )}
      <ul>
        {pieces.map((piece) => (
          <li key={piece.id}>
            <button type="button" className={styles.open} onClick={() => void session.take(piece.id)}>
              <Cover cover={piece.cover} />
              <span className={styles.name}>{nameOf(piece)}</span>
              <span className={styles.facts}>{factsOf(piece)}</span>
            </button>
            <PieceMenu
              piece={piece}
              onRename={() => setQuestion({ kind: 'rename', piece })}
              onRemove={() => setQuestion({ kind: 'remove', piece })}
            />
          </li>
        ))}
      </ul>
      <p role="status" className={styles.said}>
        {said}
      </p>
      <Rename
        piece={question?.kind === 'rename' ? question.piece : null}
        onName={(id, name) => done(shelf.rename(id, name))}
        onClose={() => setQuestion(null)}
      />
      <AlertDialog.Root
        open={question?.kind === 'remove' || question?.kind === 'clear'}
        onOpenChange={(open) => !open && setQuestion(null)}
      >
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className={sheet.backdrop} />
          <AlertDialog.Popup className={sheet.sheet}>
            <AlertDialog.Title className={sheet.title}>
              {question?.kind === 'remove'
                ? say.confirmRemove(nameOf(question.piece))
                : say.confirmRemoveAll(pieces.length)}
            </AlertDialog.Title>
            <AlertDialog.Description>{say.confirmNote}</AlertDialog.Description>
            <div className={sheet.foot}>
              <AlertDialog.Close render={<Button>{say.cancel}</Button>} />
              <Button
                look="primary"
                onClick={() => {
                  if (question?.kind === 'remove') done(shelf.remove(question.piece.id));
                  else done(shelf.clear());
                }}
              >
                {question?.kind === 'remove' ? say.remove : say.removeAll}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </section>
  );
}

function nameOf({ name }: PieceEntry): string {
  return name || words.read.untitled;
}

const WHEN = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });

function factsOf({ pages, staves, edits, changed }: PieceEntry): string {
  const facts = [say.pages(pages), words.read.staves(staves), ...(edits > 0 ? [say.edits(edits)] : [])];
  return [...facts, WHEN.format(changed)].join(', ');
}

function Cover({ cover }: { cover: Blob | null }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!cover) return;
    const made = URL.createObjectURL(cover);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [cover]);
  return url ? <img src={url} alt="" /> : <span className={styles.noCover} />;
}

function PieceMenu({
  piece,
  onRename,
  onRemove,
}: {
  piece: PieceEntry;
  onRename: () => void;
  onRemove: () => void;
}) {
  return (
    <Menu.Root>
      <Menu.Trigger
        className={`${buttonClass('plain')} ${styles.more}`}
        aria-label={say.actions(nameOf(piece))}
      >
        <Icon name="more" />
      </Menu.Trigger>
      <MenuList sideOffset={4} align="end">
        <MenuItem onClick={onRename}>{say.rename}</MenuItem>
        <MenuItem onClick={onRemove}>{say.remove}</MenuItem>
      </MenuList>
    </Menu.Root>
  );
}

/** A file input that stays out of sight, and what opens it. */
function useImport({
  shelf,
  pieces,
  onSaid,
  onChanged,
}: {
  shelf: Shelf;
  pieces: readonly PieceEntry[];
  onSaid: (text: string) => void;
  onChanged: () => void;
}): { input: ReactNode; choose: () => void } {
  const input = useRef<HTMLInputElement>(null);
  const importAll = async (file: File) => {
    const { unpackPieces } = await import('./piece-pack.ts');
    const found = await unpackPieces(file);
    if (!found) return onSaid(say.notImported);
    const known = new Map(pieces.map(({ id, changed }) => [id, changed]));
    // What is here and newer stays.
    const wanted = found.filter(({ piece, changed }) => changed >= (known.get(piece.id) ?? 0));
    for (const kept of wanted) await shelf.put(kept);
    onSaid(say.imported(wanted.length));
    onChanged();
  };
  return {
    choose: () => input.current?.click(),
    input: (
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={say.importAll}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void importAll(file).catch(() => onSaid(say.notImported));
          target.value = '';
        }}
      />
    ),
  };
}

function AllMenu({
  shelf,
  pieces,
  onSaid,
  onImport,
  onClear,
}: {
  shelf: Shelf;
  pieces: readonly PieceEntry[];
  onSaid: (text: string) => void;
  onImport: () => void;
  onClear: () => void;
}) {
  const exportAll = async () => {
    const { packPieces } = await import('./piece-pack.ts');
    const kept = await Promise.all(pieces.map(({ id }) => shelf.take(id)));
    saveBlob(await packPieces(kept.flatMap((one) => one ?? [])), 'scoreline-pieces.zip');
  };
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('plain')}>
        {say.more}
        <Icon name="down" size={16} />
      </Menu.Trigger>
      <MenuList sideOffset={4} align="end">
        <MenuItem onClick={() => void exportAll().catch(() => onSaid(say.notExported))}>
          {say.exportAll}
        </MenuItem>
        <MenuItem onClick={onImport}>{say.importAll}</MenuItem>
        <MenuItem onClick={onClear}>{say.removeAll}</MenuItem>
      </MenuList>
    </Menu.Root>
  );
}

function Rename({
  piece,
  onName,
  onClose,
}: {
  piece: PieceEntry | null;
  onName: (id: string, name: string) => void;
  onClose: () => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (piece && typeof name === 'string') onName(piece.id, name.trim());
  };
  return (
    <Dialog.Root open={piece !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={sheet.backdrop} />
        <Dialog.Popup className={sheet.sheet}>
          <Dialog.Title className={sheet.title}>{say.rename}</Dialog.Title>
          <form className={sheet.form} onSubmit={submit}>
            <label>
              {say.name}
              <input name="name" defaultValue={piece?.name} maxLength={200} autoComplete="off" />
            </label>
            <div className={sheet.foot}>
              <Dialog.Close render={<Button>{say.cancel}</Button>} />
              <Button type="submit" look="primary">
                {say.save}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
