import { useId, useState } from 'react';
import type { LookChange } from '../../../inference/ranking/look.ts';
import type { LookedField, LookedRequest } from '../../../workers/funnel-protocol.ts';
import { words } from '../../words.ts';
import styles from '../funnel/funnel.module.css';

const say = words.look;

/** Bid and features of one candidate, and those of the request, to be changed: both stages rank again at once. */
export function Editor({
  request,
  candidate,
  name,
  changes,
  onChange,
}: {
  request: LookedRequest;
  candidate: number;
  name: string;
  changes: readonly LookChange[];
  onChange: (changes: readonly LookChange[]) => void;
}) {
  const id = useId();
  const isOf = (field: LookedField, change: LookChange) =>
    change.field === field.name && (field.scope === 'request' || change.candidate === candidate);
  const change = (field: LookedField, value: number) =>
    onChange([
      ...changes.filter((one) => !isOf(field, one)),
      { field: field.name, candidate: field.scope === 'request' ? 0 : candidate, value },
    ]);
  const inputs = (scope: LookedField['scope']) =>
    request.fields
      .filter((field) => field.scope === scope)
      .map((field) => (
        <Field
          // Another candidate has another field: what was half typed does not go over to it.
          key={`${request.index} ${scope === 'candidate' ? candidate : ''} ${field.name}`}
          field={field}
          value={field.values[scope === 'request' ? 0 : candidate] ?? 0}
          isChanged={changes.some((one) => isOf(field, one))}
          onChange={(value) => change(field, value)}
        />
      ));
  return (
    <>
      <section aria-labelledby={`${id}-ad`}>
        <h3 id={`${id}-ad`}>{say.edit.title(name)}</h3>
        <p className={styles.quiet}>{say.edit.note}</p>
        <div className={styles.fields}>{inputs('candidate')}</div>
      </section>
      <section aria-labelledby={`${id}-request`}>
        <h3 id={`${id}-request`}>{say.edit.request}</h3>
        <div className={styles.fields}>{inputs('request')}</div>
      </section>
    </>
  );
}

function Field({
  field,
  value,
  isChanged,
  onChange,
}: {
  field: LookedField;
  value: number;
  isChanged: boolean;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const options = optionsOf(field);
  const id = useId();
  return (
    <label htmlFor={id}>
      {say.fields[field.name]}
      {options ? (
        <select
          id={id}
          value={value}
          data-changed={isChanged}
          onChange={({ target }) => onChange(Number(target.value))}
        >
          {options.map((text, i) => (
            <option key={text} value={i}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={field.min}
          max={field.max}
          step="any"
          value={typed ?? shortNumber(value)}
          data-changed={isChanged}
          onChange={({ target }) => {
            setTyped(target.value);
            const next = Number(target.value);
            if (target.value !== '' && next >= field.min && next <= field.max) onChange(next);
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </label>
  );
}

/** Fields that are a choice among few, by name. */
function optionsOf({ name }: LookedField): readonly string[] | null {
  if (name === 'billing') return [say.billing[0], say.billing[1]];
  return name === 'domain' ? words.passOn.groups.domain : null;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
