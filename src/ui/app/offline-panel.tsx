import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../kit/button.tsx';
import { decimal } from '../numbers.ts';
import { words } from '../words.ts';
import { deleteModel, deleteOlder, downloadModel, type Kept, lookAtKept, type Model } from './models.ts';
import { keepReader, offline } from './offline.ts';
import styles from './offline-panel.module.css';

const say = words.offline;

/** What is kept on the device: the site itself, and each model with its size, to fetch beforehand or to delete. */
export function OfflinePanel() {
  const shell = useStore(offline, (state) => state.shell);
  const [kept, setKept] = useState<Kept | null | undefined>();
  const [space, setSpace] = useState<StorageEstimate | null>(null);
  const look = async () => {
    setKept(await lookAtKept());
    setSpace((await navigator.storage?.estimate?.().catch(() => null)) ?? null);
  };
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The panel is there before it is open: what is kept is looked up whenever it opens.
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void look();
    });
    if (section.current) watch.observe(section.current);
    return () => watch.disconnect();
  });
  return (
    <section ref={section} className={styles.panel} aria-labelledby="on-this-device">
      <h2 id="on-this-device">{say.title}</h2>
      <p>{shell === 'ready' ? say.shell.ready : shell === 'coming' ? say.shell.coming : say.shell.off}</p>
      {kept === null && <p>{say.noStorage}</p>}
      {kept && (
        <ul>
          {kept.models.map(({ model, bytes, done }) => (
            <ModelLine key={model.name} model={model} bytes={bytes} kept={done} onChange={look} />
          ))}
          {kept.older > 0 && (
            <li>
              <span className={styles.name}>{say.older}</span>
              <span className={styles.size}>{megabytes(kept.older)}</span>
              <Button aria-label={say.removeNamed(say.older)} onClick={() => void deleteOlder().then(look)}>
                {say.remove}
              </Button>
            </li>
          )}
        </ul>
      )}
      {space?.usage !== undefined && space.quota !== undefined && (
        <p>{say.used(megabytes(space.usage), megabytes(space.quota))}</p>
      )}
    </section>
  );
}

function ModelLine({
  model,
  bytes,
  kept,
  onChange,
}: {
  model: Model;
  bytes: number;
  kept: number;
  onChange: () => Promise<void>;
}) {
  const [download, setDownload] = useState<{ abort: AbortController; done: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const names: Record<string, string> = say.models;
  const name = names[model.name] ?? model.name;
  const done = download?.done ?? kept;

  const start = async () => {
    const abort = new AbortController();
    setFailed(false);
    setDownload({ abort, done: kept });
    try {
      await downloadModel(model, (count) => setDownload({ abort, done: count }), abort.signal);
      if (model.name === 'tromr') keepReader();
    } catch {
      setFailed(!abort.signal.aborted);
    }
    await onChange();
    setDownload(null);
  };

  return (
    <li>
      <span className={styles.name}>{name}</span>
      <span className={styles.size}>
        {done >= bytes
          ? say.here(megabytes(bytes))
          : done > 0 || download
            ? say.partly(megabytes(done), megabytes(bytes))
            : say.absent(megabytes(bytes))}
      </span>
      {download ? (
        <Button onClick={() => download.abort.abort()}>{say.stop}</Button>
      ) : kept >= bytes ? (
        <Button aria-label={say.removeNamed(name)} onClick={() => void deleteModel(model).then(onChange)}>
          {say.remove}
        </Button>
      ) : (
        <Button
          aria-label={kept > 0 ? say.resumeNamed(name) : say.downloadNamed(name)}
          onClick={() => void start()}
        >
          {kept > 0 ? say.resume : say.download}
        </Button>
      )}
      {download && (
        <progress className={styles.progress} value={download.done} max={bytes} aria-label={name} />
      )}
      {failed && (
        <p className={styles.failed} role="alert">
          {say.failed}
        </p>
      )}
    </li>
  );
}

function megabytes(bytes: number): string {
  const count = bytes / 1e6;
  return say.megabytes(decimal(count, count < 100 ? 1 : 0));
}
