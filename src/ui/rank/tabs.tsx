import { useEffect, useRef } from 'react';
import styles from './tabs.module.css';

/** One of several charts, as a row of buttons; on a phone the row is swiped, and the chosen one is brought into sight. */
export function Tabs<T extends string>({
  label,
  names,
  at,
  onChoose,
}: {
  label: string;
  names: Readonly<Record<T, string>>;
  at: T;
  onChoose: (next: T) => void;
}) {
  const row = useRef<HTMLFieldSetElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is chosen
  useEffect(() => {
    const chosen = row.current?.querySelector('[aria-pressed="true"]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [at]);
  return (
    <fieldset ref={row} className={styles.tabs} aria-label={label}>
      {(Object.entries(names) as [T, string][]).map(([one, name]) => (
        <button key={one} type="button" aria-pressed={one === at} onClick={() => onChoose(one)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
