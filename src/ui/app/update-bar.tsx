import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import { offline, takeUpdate } from './offline.ts';
import styles from './update-bar.module.css';

const say = words.offline.update;

/** Says that a new version waits. Nothing is reloaded unless the visitor asks for it. */
export function UpdateBar() {
  const update = useStore(offline, (state) => state.update);
  const [later, setLater] = useState(false);
  return (
    <div role="status">
      {update && !later && (
        <div className={styles.bar}>
          <p>{say.text}</p>
          <Button onClick={takeUpdate}>{say.take}</Button>
          <Button look="plain" onClick={() => setLater(true)}>
            {say.later}
          </Button>
        </div>
      )}
    </div>
  );
}
