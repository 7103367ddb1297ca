import { Menu } from '@base-ui/react/menu';
import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../kit/icon.tsx';
import { MenuItem, MenuList } from '../kit/menu.tsx';
import { words } from '../words.ts';
import { intakeOf, type Target } from './intake.ts';
import styles from './rail.module.css';
import type { Session } from './session.ts';
import { type Page, pageShown } from './store.ts';
import { type Dragging, useReorder } from './use-reorder.ts';

const say = words.pages;
const NO_PAGES: readonly Page[] = [];

/** The pages of the piece, to be chosen, put in order, taken anew or taken out: a column, or on phones a strip. */
export function Rail({ session, className }: { session: Session; className?: string | undefined }) {
  const pages = useStore(session.store, ({ piece }) => piece?.pages ?? NO_PAGES);
  const shown = useStore(session.store, (state) => pageShown(state)?.id);
  const working = useStore(session.store, ({ work }) => work?.page);
  const intake = intakeOf(session);
  const files = useRef<HTMLInputElement>(null);
  const target = useRef<Target>('append');
  const choose = (where: Target) => {
    target.current = where;
    files.current?.click();
  };
  const list = useRef<HTMLOListElement>(null);
  const ids = useMemo(() => pages.map(({ id }) => id), [pages]);
  const { dragging, handleOf } = useReorder(list, ids, session.movePage);
  return (
    <nav className={`${styles.rail} ${className ?? ''}`} aria-label={say.label} data-part="pages">
      <p className={styles.count}>{say.count(pages.length)}</p>
      <ol ref={list} className={styles.pages}>
        {pages.map((page, index) => (
          <li
            key={page.id}
            data-shown={page.id === shown}
            data-dragged={page.id === dragging?.id}
            data-drop={dropSide(dragging, index)}
          >
            <button
              {...handleOf(page.id)}
              type="button"
              className={styles.page}
              aria-current={page.id === shown ? 'page' : undefined}
              aria-label={nameOf(page, index, working)}
              onClick={() => session.showPage(page.id)}
            >
              <Thumbnail url={session.pictureOf(page.id)} page={page} />
              <span className={styles.number}>
                {index + 1}
                {!page.reading && (
                  <span className={styles.dots} data-now={working === page.id} aria-hidden="true" />
                )}
              </span>
            </button>
            {page.id === shown && page.reading && (
              <PageMenu
                session={session}
                page={page}
                index={index}
                count={pages.length}
                onReplace={() => choose({ retake: page.id })}
              />
            )}
          </li>
        ))}
      </ol>
      <Menu.Root>
        <Menu.Trigger className={styles.add} aria-label={say.add} title={say.add}>
          <Icon name="plus" />
        </Menu.Trigger>
        <MenuList side="right" align="start" sideOffset={8}>
          <MenuItem onClick={() => intake.openCamera('append')}>
            <Icon name="camera" />
            {say.addBy.camera}
          </MenuItem>
          <MenuItem onClick={() => choose('append')}>
            <Icon name="picture" />
            {say.addBy.file}
          </MenuItem>
        </MenuList>
      </Menu.Root>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept="image/*,application/pdf"
        onChange={(event) => {
          const found = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (found.length > 0) void intake.receive(found, target.current);
        }}
      />
    </nav>
  );
}

/** Where the line stands that shows the place of the page that is dragged. */
function dropSide(dragging: Dragging | null, index: number): 'before' | 'after' | undefined {
  if (dragging?.to !== index || dragging.from === index) return undefined;
  return dragging.from < index ? 'after' : 'before';
}

function nameOf(page: Page, index: number, working: string | undefined): string {
  const name = say.page(index + 1);
  if (page.reading) return `${name}, ${words.read.staves(page.staves.length)}`;
  return `${name}, ${page.id === working ? say.reading : say.waiting}`;
}

function Thumbnail({ url, page }: { url: string | undefined; page: Page }) {
  return (
    <span className={styles.thumbnail}>
      {url && (
        <img
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          style={{ transform: `rotate(${page.rotation}deg)` }}
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
}

function PageMenu({
  session,
  page,
  index,
  count,
  onReplace,
}: {
  session: Session;
  page: Page;
  index: number;
  count: number;
  onReplace: () => void;
}) {
  const intake = intakeOf(session);
  const items: [name: string, act: () => void, dim?: boolean][] = [
    [say.retake, () => intake.openCamera({ retake: page.id })],
    [say.replace, onReplace],
    [say.corners, () => intake.adjustPage(page.id, `${say.page(index + 1)}.jpg`)],
    [say.earlier, () => session.movePage(page.id, index - 1), index === 0],
    [say.later, () => session.movePage(page.id, index + 1), index === count - 1],
    [say.remove, () => session.removePage(page.id), count === 1],
  ];
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.more} aria-label={say.more(index + 1)} title={say.more(index + 1)}>
        <Icon name="more" size={16} />
      </Menu.Trigger>
      <MenuList side="right" align="start" sideOffset={4}>
        {items.map(([name, act, dim = false]) => (
          <MenuItem key={name} disabled={dim} onClick={act}>
            {name}
          </MenuItem>
        ))}
      </MenuList>
    </Menu.Root>
  );
}
