import { list, object, string } from '../../workers/schema.ts';
import { siteUrl } from '../app/rooms.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { useSamples } from '../kit/use-samples.ts';
import { words } from '../words.ts';
import styles from './empty.module.css';
import { intakeOf } from './intake.ts';
import { PhotoInput } from './photo-input.tsx';
import { Pieces } from './pieces-list.tsx';
import type { Session } from './session.ts';
import { openSample } from './start-session.ts';

const { target, samples: sampleWords, privacy, limits } = words.read;

/** Nothing on the desk yet: one large target, two samples, one line on privacy. */
export function Empty({ session }: { session: Session }) {
  const intake = intakeOf(session);
  return (
    <div className={styles.empty}>
      <section className={styles.target} aria-labelledby="target">
        <Staff />
        <h2 id="target">{target.title}</h2>
        <div className={styles.buttons}>
          <span className={styles.camera}>
            <Button look="primary" onClick={() => intake.openCamera('new')}>
              <Icon name="camera" />
              {target.camera}
            </Button>
          </span>
          <PhotoInput
            look="quiet"
            className={styles.file}
            onPhotos={(files) => void intake.receive(files, 'new')}
          >
            <Icon name="picture" />
            {target.file}
          </PhotoInput>
        </div>
        <p className={styles.privacy}>{privacy}</p>
      </section>
      {session.shelf && <Pieces session={session} shelf={session.shelf} />}
      <Samples session={session} />
      <p className={styles.limits}>{limits}</p>
    </div>
  );
}

/** Five lines and nothing on them yet. */
function Staff() {
  return (
    <svg className={styles.staff} viewBox="0 0 240 34" preserveAspectRatio="none" aria-hidden="true">
      {[1, 9, 17, 25, 33].map((y) => (
        <path key={y} d={`M0 ${y}H240`} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}

type Sample = { file: string; title: string; alt: string };

const sampleList = object<{ samples: Sample[] }>({
  samples: list(object<Sample>({ file: string, title: string, alt: string })),
});

function namedHere(sample: Sample): Sample {
  return { ...sample, ...sampleWords.names[sample.file] };
}

function Samples({ session }: { session: Session }) {
  const samples = useSamples(siteUrl('samples/scores/samples.json'), sampleList);
  if (samples.length === 0) return null;
  return (
    <section className={styles.samples} aria-labelledby="samples" data-part="samples">
      <h3 id="samples">{sampleWords.title}</h3>
      <ul>
        {samples.map(namedHere).map(({ file, title, alt }) => (
          <li key={file}>
            <button type="button" onClick={() => void openSample(session, file, title)}>
              <img src={siteUrl(`samples/scores/${file}`)} alt={alt} loading="lazy" decoding="async" />
              <span>{title}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>{sampleWords.note}</p>
    </section>
  );
}
