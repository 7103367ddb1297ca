/** Parts of the left rail: each control by its name in the table, with one line on what follows from it. */
import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { CONTROLS, type Control, type ControlName, type Controls, type NumberControl } from './controls.ts';
import styles from './rail.module.css';
import { useControl, useRoom } from './rank-room.ts';

type NamesOf<T> = { [K in ControlName]: Controls[K] extends T ? K : never }[ControlName];
type SwitchName = NamesOf<boolean>;
type SliderName = NamesOf<number>;
type ChoiceName = Exclude<NamesOf<string>, 'pin'>;

/** A part of the rail; it is left out where all its controls are hidden. */
export function RailGroup({
  title,
  names,
  children,
}: {
  title: string;
  names: readonly ControlName[];
  children: ReactNode;
}) {
  const { hidden } = useRoom();
  const id = useId();
  if (names.every((name) => hidden.has(name))) return null;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

type Common = {
  label: string;
  /** What follows from it. */
  text?: string;
  /** Why it changes nothing here; it is dimmed then, and can be set all the same. */
  inert?: string | null;
};

export function Switch({ name, label, text, inert = null }: Common & { name: SwitchName }) {
  const { set, hidden } = useRoom();
  const value = useControl(name);
  const id = useId();
  if (hidden.has(name)) return null;
  return (
    <div className={styles.control} data-inert={inert !== null}>
      <label className={styles.head}>
        <input
          type="checkbox"
          checked={value}
          aria-describedby={id}
          onChange={({ target }) => set({ [name]: target.checked })}
        />
        {label}
      </label>
      <p id={id} className={styles.text}>
        {inert ?? text}
      </p>
    </div>
  );
}

export function Slider({
  name,
  label,
  text,
  inert = null,
  format = String,
}: Common & { name: SliderName; format?: (value: number) => string }) {
  const { set, hidden } = useRoom();
  const value = useControl(name);
  const id = useId();
  if (hidden.has(name)) return null;
  const { min, max, step } = CONTROLS[name] as NumberControl;
  return (
    <div className={styles.control} data-inert={inert !== null}>
      <div className={styles.head}>
        <label htmlFor={`${id}-range`}>{label}</label>
        <output htmlFor={`${id}-range`}>{format(value)}</output>
      </div>
      <input
        id={`${id}-range`}
        className={styles.range}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        aria-describedby={`${id}-text`}
        onChange={({ target }) => set({ [name]: Number(target.value) })}
      />
      <p id={`${id}-text`} className={styles.text}>
        {inert ?? text}
      </p>
    </div>
  );
}

/** One of a few, as radio buttons, with the consequence of the one that is chosen. */
export function Choice<K extends ChoiceName>({
  name,
  label,
  values,
  text,
}: Common & { name: K; values: Readonly<Record<Controls[K], string>> }) {
  const { set, hidden } = useRoom();
  const value = useControl(name);
  const id = useId();
  if (hidden.has(name)) return null;
  return (
    <fieldset className={styles.choices} aria-describedby={id}>
      <legend className={styles.legend}>{label}</legend>
      {Object.entries<string>(values).map(([one, words]) => (
        <label key={one} className={styles.head}>
          <input
            type="radio"
            name={id}
            value={one}
            checked={one === value}
            onChange={() => choose(name, one, set)}
          />
          {words}
        </label>
      ))}
      <p id={id} className={styles.text}>
        {text}
      </p>
    </fieldset>
  );
}

/** One of several, as a list that folds. */
export function Select<K extends ChoiceName>({
  name,
  label,
  values,
  text,
}: Common & { name: K; values: Readonly<Record<Controls[K], string>> }) {
  const { set, hidden } = useRoom();
  const value = useControl(name);
  const id = useId();
  if (hidden.has(name)) return null;
  return (
    <div className={styles.control}>
      <div className={styles.row}>
        <label htmlFor={`${id}-list`}>{label}</label>
        <select
          id={`${id}-list`}
          className={styles.select}
          value={value}
          aria-describedby={id}
          onChange={({ target }) => choose(name, target.value, set)}
        >
          {Object.entries<string>(values).map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <p id={id} className={styles.text}>
        {text}
      </p>
    </div>
  );
}

function choose(name: ChoiceName, value: string, set: (change: Partial<Controls>) => void): void {
  const read = (CONTROLS[name] as Control<string>).read(value);
  if (read !== null) set({ [name]: read });
}

/** All controls at once, for parts that depend on many. */
export function useControls(): Controls {
  return useStore(useRoom().controls);
}
