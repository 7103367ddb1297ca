import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { partValue, VALUE_LENGTH } from '../../notation/duration.ts';
import { alikeTo } from '../../notation/edit/alike.ts';
import { lineAt } from '../../notation/edit/edited.ts';
import { printedValue } from '../../notation/edit/fix.ts';
import { isGrace } from '../../notation/groups.ts';
import { isNote, plainToken, type Token, VOCABULARY } from '../../notation/token.ts';
import { Icon, type IconName } from '../kit/icon.tsx';
import menu from '../kit/menu.module.css';
import { MenuItem, MenuList } from '../kit/menu.tsx';
import { words } from '../words.ts';
import type { Action } from './edit-actions.ts';
import styles from './edit-bar.module.css';
import { act, doing, type Sheet } from './edit-desk.ts';
import { editedLines, lastFixOf } from './edited.ts';
import { MusicIcon, ShapesIcon } from './music-icon.tsx';
import type { Session } from './session.ts';
import { alternativeWords, rhythmWords } from './symbol-words.ts';

const { edit: say } = words;

const note = (value: string): Token => ({ ...plainToken(`note-${value}`), pitch: 'A4', lift: 'none' });
const glyph = (name: string) => [{ kind: 'glyph' as const, name, x: 0, y: 0, scale: 1.15 }];

/** All that can be done to the selected symbol, by touch and by keyboard: one row, that scrolls sideways on phones. */
export function EditBar({ session, onSheet }: { session: Session; onSheet: (sheet: Sheet) => void }) {
  const piece = useStore(session.store, (state) => state.piece);
  const selected = useStore(session.store, (state) => state.selected);
  const lines = piece ? editedLines(piece) : [];
  const token = selected && lineAt(lines, selected)?.[selected.token];
  if (!piece || !selected || !token) return null;
  const last = lastFixOf(piece);
  const alike = last ? alikeTo(lines, last.read, last.fix).length : 0;
  const can = (action: Action) => doing(session, action) !== null;
  const tool = (action: Action, name: string, face: ReactNode, pressed?: boolean) => (
    <Tool name={name} disabled={!can(action)} pressed={pressed} onClick={() => act(session, action)}>
      {face}
    </Tool>
  );
  const step = (by: number, name: string, icon: IconName) =>
    tool({ kind: 'fix', fix: { kind: 'step', by } }, name, <Icon name={icon} />);
  const value = partValue(printedValue(token));
  return (
    <Toolbar.Root className={styles.bar} aria-label={say.label}>
      <Toolbar.Group className={styles.group}>
        {step(1, say.higher, 'up')}
        {step(-1, say.lower, 'down')}
        {step(7, say.octaveHigher, 'octaveUp')}
        {step(-7, say.octaveLower, 'octaveDown')}
      </Toolbar.Group>
      <Toolbar.Group className={styles.group}>
        {tool({ kind: 'lift', by: -1 }, say.flat, <ShapesIcon shapes={glyph('b')} />)}
        {tool({ kind: 'natural' }, say.natural, <ShapesIcon shapes={glyph('N')} />, token.lift === 'N')}
        {tool({ kind: 'lift', by: 1 }, say.sharp, <ShapesIcon shapes={glyph('#')} />)}
      </Toolbar.Group>
      <Toolbar.Group className={styles.group}>
        <Choices
          name={say.length}
          face={<MusicIcon token={isNote(token) ? note(value.base) : plainToken(token.rhythm)} />}
          disabled={value.base === ''}
        >
          <Menu.RadioGroup value={value.base}>
            {Object.keys(VALUE_LENGTH).map((base) => (
              <Choice
                key={base}
                value={base}
                disabled={!can({ kind: 'fix', fix: { kind: 'length', value: base } }) && base !== value.base}
                onChoose={() => act(session, { kind: 'fix', fix: { kind: 'length', value: base } })}
              >
                {rhythmWords(`${isNote(token) ? 'note' : 'rest'}-${base}`)}
              </Choice>
            ))}
          </Menu.RadioGroup>
        </Choices>
        {tool({ kind: 'dot' }, say.dot, <ShapesIcon shapes={DOTTED} />, value.dots > 0)}
        {tool({ kind: 'tie' }, say.tie, <ShapesIcon shapes={TIE} />, token.tie === 'tie')}
        {tool(
          { kind: 'fix', fix: { kind: 'rest' } },
          say.rest,
          <MusicIcon token={plainToken('rest-quarter')} />,
        )}
        {tool({ kind: 'voice' }, say.voice, <Icon name="voices" />, token.voice === '2')}
        <More session={session} token={token} can={can} />
      </Toolbar.Group>
      <Toolbar.Group className={styles.group}>
        <Choices name={say.insert} face={<Icon name="plus" />} text>
          <MenuItem onClick={() => act(session, { kind: 'insert', what: 'note' })}>
            {say.insertAfter.note}
          </MenuItem>
          {isNote(token) && (
            <MenuItem onClick={() => act(session, { kind: 'head' })}>{say.insertAfter.head}</MenuItem>
          )}
          <MenuItem onClick={() => act(session, { kind: 'insert', what: 'rest' })}>
            {say.insertAfter.rest}
          </MenuItem>
          <MenuItem onClick={() => act(session, { kind: 'insert', what: 'bar' })}>
            {say.insertAfter.bar}
          </MenuItem>
          <MenuItem onClick={() => onSheet('sign')}>{say.insertAfter.sign}</MenuItem>
        </Choices>
        {tool({ kind: 'delete' }, say.remove, <Icon name="trash" />)}
        {tool(
          { kind: 'fix', fix: { kind: 'right' } },
          say.right,
          <Icon name="check" />,
          token.asRead !== undefined,
        )}
      </Toolbar.Group>
      <Toolbar.Group className={styles.group}>
        <Toolbar.Button
          className={styles.text}
          title={say.againNote}
          disabled={!can({ kind: 'again' })}
          onClick={() => act(session, { kind: 'again' })}
        >
          {say.again}
        </Toolbar.Button>
        {alike > 0 && (
          <Toolbar.Button
            className={styles.text}
            title={say.alikeNote}
            onClick={() => act(session, { kind: 'alike' })}
          >
            {say.alike(alike)}
          </Toolbar.Button>
        )}
      </Toolbar.Group>
      <Tool name={say.help} onClick={() => onSheet('help')}>
        <Icon name="help" />
      </Tool>
    </Toolbar.Root>
  );
}

const DOTTED = [
  { kind: 'glyph' as const, name: 'headBlack', x: -0.5, y: 0.4, scale: 1 },
  { kind: 'dot' as const, x: 1, y: 0.4, r: 0.3 },
];
const TIE = [
  { kind: 'glyph' as const, name: 'headBlack', x: -1.5, y: -0.4, scale: 0.75 },
  { kind: 'glyph' as const, name: 'headBlack', x: 1.5, y: -0.4, scale: 0.75 },
  { kind: 'curve' as const, x: -1.4, y: 0.5, width: 2.8, bend: 1.5 },
];

function Tool({
  name,
  children,
  disabled = false,
  pressed,
  onClick,
}: {
  name: string;
  children: ReactNode;
  disabled?: boolean;
  pressed?: boolean | undefined;
  onClick: () => void;
}) {
  return (
    <Toolbar.Button
      className={styles.tool}
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </Toolbar.Button>
  );
}

/** A tool that opens a menu. */
function Choices({
  name,
  face,
  children,
  disabled = false,
  text = false,
}: {
  name: string;
  face: ReactNode;
  children: ReactNode;
  disabled?: boolean;
  /** The name is written beside the icon. */
  text?: boolean;
}) {
  return (
    <Menu.Root>
      <Toolbar.Button
        render={<Menu.Trigger />}
        className={text ? styles.text : styles.tool}
        aria-label={text ? undefined : name}
        title={text ? undefined : name}
        disabled={disabled}
      >
        {face}
        {text && name}
        <Icon name="down" size={12} />
      </Toolbar.Button>
      <MenuList sideOffset={6} align="start" look={styles.popup}>
        {children}
      </MenuList>
    </Menu.Root>
  );
}

function Choice({
  value,
  children,
  disabled,
  onChoose,
}: {
  value: string;
  children: ReactNode;
  disabled?: boolean;
  onChoose: () => void;
}) {
  return (
    <Menu.RadioItem
      className={menu.item}
      value={value}
      disabled={disabled ?? false}
      closeOnClick
      onClick={onChoose}
    >
      <span className={menu.check}>
        <Menu.RadioItemIndicator>
          <Icon name="check" size={16} />
        </Menu.RadioItemIndicator>
      </span>
      {children}
    </Menu.RadioItem>
  );
}

const GRACES = VOCABULARY.rhythm.filter((name) => name.startsWith('gracenote-'));

/** The branches that have no tool of their own. */
function More({ session, token, can }: { session: Session; token: Token; can: (action: Action) => boolean }) {
  const set = (branch: 'rhythm' | 'lift' | 'mark' | 'slur' | 'tuplet', value: string): Action => ({
    kind: 'fix',
    fix: { kind: 'set', branch, value },
  });
  const full = `note-${printedValue(token) || 'eighth'}`;
  const groups = (['mark', 'slur', 'tuplet', 'lift'] as const)
    .map((branch) => ({
      branch,
      values: VOCABULARY[branch].filter((value) => value !== 'nonote'),
    }))
    .filter(({ branch, values }) => values.some((value) => can(set(branch, value))));
  return (
    <Choices name={say.more} face={<Icon name="more" />} disabled={groups.length === 0}>
      {groups.map(({ branch, values }) => (
        <Menu.Group key={branch}>
          <Menu.GroupLabel className={styles.label}>{say.moreGroups[branch]}</Menu.GroupLabel>
          <Menu.RadioGroup value={token[branch]}>
            {values.map((value) => (
              <Choice key={value} value={value} onChoose={() => act(session, set(branch, value))}>
                {alternativeWords({ branch, value })}
              </Choice>
            ))}
          </Menu.RadioGroup>
        </Menu.Group>
      ))}
      {isNote(token) && (
        <Menu.Group>
          <Menu.GroupLabel className={styles.label}>{say.moreGroups.grace}</Menu.GroupLabel>
          <Menu.RadioGroup value={isGrace(token) ? token.rhythm : full}>
            {[...(isGrace(token) ? [full] : [token.rhythm]), ...GRACES].map((rhythm) => (
              <Choice key={rhythm} value={rhythm} onChoose={() => act(session, set('rhythm', rhythm))}>
                {rhythm.startsWith('note-') ? say.plainNote : rhythmWords(rhythm)}
              </Choice>
            ))}
          </Menu.RadioGroup>
        </Menu.Group>
      )}
    </Choices>
  );
}
