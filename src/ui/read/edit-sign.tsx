import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { useStore } from 'zustand';
import { lineAt } from '../../notation/edit/edited.ts';
import { REACHES, type Reach, signKind } from '../../notation/edit/signs.ts';
import { VOCABULARY } from '../../notation/token.ts';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import { editedLines } from './edited.ts';
import type { Session } from './session.ts';
import styles from './sheet.module.css';
import { rhythmWords } from './symbol-words.ts';

const { sign: say } = words.edit;
const KINDS = ['clef-', 'keySignature-', 'timeSignature-'] as const;
type Kind = (typeof KINDS)[number];

/** A clef, key or metre from the selected symbol's bar on. */
export function EditSign({
  session,
  open,
  onClose,
}: {
  session: Session;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={(to) => !to && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.sheet}>
          <Dialog.Title className={styles.title}>{say.title}</Dialog.Title>
          {open && <Form session={session} onClose={onClose} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Form({ session, onClose }: { session: Session; onClose: () => void }) {
  const piece = useStore(session.store, (state) => state.piece);
  const selected = useStore(session.store, (state) => state.selected);
  const line = (piece && selected && lineAt(editedLines(piece), selected)) ?? [];
  const own = line[selected?.token ?? -1]?.rhythm ?? '';
  const [kind, setKind] = useState<Kind>(signKind(own) ?? 'clef-');
  const inForce = (of: Kind) =>
    line.slice(0, (selected?.token ?? 0) + 1).findLast(({ rhythm }) => rhythm.startsWith(of))?.rhythm;
  const [name, setName] = useState(inForce(kind) ?? firstOf(kind));
  const [reach, setReach] = useState<Reach>('change');
  const [staves, setStaves] = useState<'one' | 'all'>('one');
  // A metre is everybody's.
  const forAll = kind === 'timeSignature-' ? 'all' : staves;
  const apply = () => {
    if (selected) session.run({ kind: 'sign', place: selected, name, reach, staves: forAll });
    onClose();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label>
        {say.kind}
        <select
          value={kind}
          onChange={({ target }) => {
            const to = KINDS.find((one) => one === target.value) ?? 'clef-';
            setKind(to);
            setName(inForce(to) ?? firstOf(to));
          }}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {say.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.value}
        <select value={name} onChange={({ target }) => setName(target.value)}>
          {namesOf(kind).map((one) => (
            <option key={one} value={one}>
              {rhythmWords(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.reach}
        <select
          value={reach}
          onChange={({ target }) => setReach(REACHES.find((one) => one === target.value) ?? 'change')}
        >
          {REACHES.map((one) => (
            <option key={one} value={one}>
              {say.reaches[one]}
            </option>
          ))}
        </select>
      </label>
      {kind !== 'timeSignature-' && (
        <label>
          {say.staves}
          <select value={staves} onChange={({ target }) => setStaves(target.value === 'all' ? 'all' : 'one')}>
            <option value="one">{say.stavesOf.one}</option>
            <option value="all">{say.stavesOf.all}</option>
          </select>
        </label>
      )}
      {kind === 'clef-' && <p className={styles.note}>{say.keep}</p>}
      <div className={styles.foot}>
        <Dialog.Close render={<Button>{say.cancel}</Button>} />
        <Button type="submit" look="primary">
          {say.apply}
        </Button>
      </div>
    </form>
  );
}

function namesOf(kind: Kind): string[] {
  return VOCABULARY.rhythm.filter((name) => name.startsWith(kind));
}

function firstOf(kind: Kind): string {
  return { 'clef-': 'clef-G2', 'keySignature-': 'keySignature-CM', 'timeSignature-': 'timeSignature-4/4' }[
    kind
  ];
}
