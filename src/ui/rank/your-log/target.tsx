import { useStore } from 'zustand';
import { list, object, oneOf, type Parsed, string } from '../../../workers/schema.ts';
import { siteUrl } from '../../app/rooms.ts';
import { useSamples } from '../../kit/use-samples.ts';
import { words } from '../../words.ts';
import { LogInput } from './log-input.tsx';
import type { LogSession } from './log-session.ts';
import styles from './your-log.module.css';

const { target, simulated } = words.yourLog;

/** No log yet: one target, the samples, one line on privacy. */
export function Target({ session }: { session: LogSession }) {
  return (
    <div className={styles.empty}>
      <div className={styles.target}>
        <h2>{target.title}</h2>
        <p>{target.text}</p>
        <LogInput look="primary" session={session}>
          {target.choose}
        </LogInput>
        <p className={styles.quiet}>{target.privacy}</p>
      </div>
      <Samples session={session} />
    </div>
  );
}

const sample = object<{
  kind: 'file' | 'simulated';
  file: string;
  name: string;
  title: string;
  note: string;
  credit: string;
}>({
  kind: oneOf('file', 'simulated'),
  file: string,
  name: string,
  title: string,
  note: string,
  credit: string,
});
type Sample = Parsed<typeof sample>;
const sampleList = object<{ samples: Sample[] }>({ samples: list(sample) });

function Samples({ session }: { session: LogSession }) {
  const samples = useSamples(siteUrl('samples/adlogs/samples.json'), sampleList);
  const busy = useStore(session.store, (state) => state.work !== null);
  if (samples.length === 0) return null;
  return (
    <section className={styles.samples} aria-labelledby="log-samples">
      <h3 id="log-samples">{target.samples}</h3>
      <ul>
        {samples.map((one) => (
          <li key={one.file}>
            <button type="button" disabled={busy} onClick={() => void openSample(session, one)}>
              <strong>{one.title}</strong>
              <span>{one.note}</span>
              {one.credit && <span>{one.credit}</span>}
            </button>
            {one.kind === 'simulated' && <em>{simulated}</em>}
          </li>
        ))}
      </ul>
    </section>
  );
}

async function openSample(session: LogSession, { kind, file, name }: Sample): Promise<void> {
  const url = siteUrl(`samples/adlogs/${file}`);
  if (kind === 'simulated') return session.openSimulated(url, name);
  const response = await fetch(url).catch(() => null);
  if (response?.ok) await session.open(await response.blob(), name);
  else session.problem('sample-missing', name);
}
