import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './copy-report.module.css';
import { type Failed, reportText, surroundings } from './report.ts';

/** Copies a report of what failed; where there is no clipboard it is shown, to be copied by hand. */
export function CopyReport({ failed }: { failed: Failed }) {
  const { report: say } = words.app;
  const [state, setState] = useState<'asked' | 'copied' | 'shown'>('asked');
  const text = reportText(failed, surroundings());
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('shown');
    }
  };
  if (state === 'shown')
    return (
      <label className={styles.report}>
        {say.shown}
        <textarea readOnly rows={6} value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
    );
  return <Button onClick={copy}>{state === 'copied' ? say.copied : say.copy}</Button>;
}
