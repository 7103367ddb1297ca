import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef, useState } from 'react';
import type { CaptureHint } from '../../page/capture-hint.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { words } from '../words.ts';
import styles from './camera.module.css';
import { hasTorch, setTorch, takeStill } from './camera-stream.ts';
import type { IntakeOf, Target } from './intake.ts';
import { PhotoInput } from './photo-input.tsx';
import { useCamera, useCaptureHint } from './use-camera.ts';

const say = words.camera;

/** The camera over the whole window: page after page, until it is closed. A page that is retaken is only one. */
export default function CameraDialog({ intake, target }: { intake: IntakeOf; target: Target }) {
  const video = useRef<HTMLVideoElement>(null);
  const [attempt, setAttempt] = useState(0);
  const camera = useCamera(video, attempt);
  const hint = useCaptureHint(video, camera);
  const [taken, setTaken] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const retaking = typeof target === 'object';
  const live = camera.state === 'live';

  const take = (photo: Blob) => {
    const number = taken.length + 1;
    const name = photo instanceof File ? photo.name : `${words.pages.page(number)}.jpg`;
    // The first page begins a piece, the others follow it.
    intake.take([{ photo, name }], taken.length === 0 ? target : 'append');
    if (retaking) return intake.close();
    setTaken([...taken, URL.createObjectURL(photo)]);
  };
  const shoot = async () => {
    if (camera.state !== 'live' || !video.current || busy) return;
    setBusy(true);
    setFailed(false);
    const photo = await takeStill(video.current, camera.track).catch(() => null);
    setBusy(false);
    if (photo) take(photo);
    else setFailed(true);
  };
  const shown = useRef(taken);
  shown.current = taken;
  useEffect(
    () => () => {
      for (const url of shown.current) URL.revokeObjectURL(url);
    },
    [],
  );

  return (
    <Dialog.Root open onOpenChange={(open) => !open && intake.close()}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.camera} data-good={live && hint?.kind === 'good'}>
          <header className={styles.top}>
            <Dialog.Title className={styles.title}>{retaking ? say.retakeTitle : say.title}</Dialog.Title>
            <Dialog.Close render={<IconButton icon="close" name={say.close} />} />
          </header>
          <div className={styles.window}>
            <video
              ref={video}
              className={styles.video}
              aria-label={say.live}
              playsInline
              muted
              hidden={!live}
            />
            {live && <Frame />}
            <div className={styles.said} role="status">
              {camera.state === 'asking' && <p className={styles.note}>{say.asking}</p>}
              {live && <Hint hint={hint} />}
            </div>
            {camera.state !== 'asking' && camera.state !== 'live' && (
              <div className={styles.problem} role="alert">
                <h3>{say[camera.state].title}</h3>
                <p>{say[camera.state].advice}</p>
                <div className={styles.ways}>
                  <PhotoInput camera look="primary" onPhotos={(files) => files.forEach(take)}>
                    <Icon name="camera" />
                    {say.own}
                  </PhotoInput>
                  <Button onClick={() => setAttempt(attempt + 1)}>{say.again}</Button>
                </div>
              </div>
            )}
          </div>
          {failed && (
            <p className={styles.failed} role="alert">
              {say.failed}
            </p>
          )}
          <footer className={styles.foot}>
            <div className={styles.taken}>
              {taken.length > 0 && (
                <button type="button" className={styles.done} onClick={intake.close}>
                  <img src={taken.at(-1)} alt="" />
                  {say.done(taken.length)}
                </button>
              )}
            </div>
            <button
              type="button"
              className={styles.shutter}
              aria-label={say.shoot}
              title={say.shoot}
              disabled={!live || busy}
              onClick={() => void shoot()}
            />
            <div className={styles.lamp}>
              {live && hasTorch(camera.track) && <Torch track={camera.track} />}
            </div>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The corners of the frame to fill; they turn green with the hint. */
function Frame() {
  return (
    <svg className={styles.frame} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {['M1 12V1H12', 'M88 1H99V12', 'M99 88V99H88', 'M12 99H1V88'].map((path) => (
        <path key={path} d={path} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}

function Hint({ hint }: { hint: CaptureHint | null }) {
  if (!hint) return <p className={styles.note}>{say.hints.looking}</p>;
  if (hint.kind !== 'good') return <p className={styles.note}>{say.hints[hint.kind]}</p>;
  return (
    <p className={`${styles.note} ${styles.good}`}>
      <Icon name="check" />
      {say.hints.good(words.read.staves(hint.staves))}
    </p>
  );
}

function Torch({ track }: { track: MediaStreamTrack }) {
  const [lit, setLit] = useState(false);
  return (
    <IconButton
      icon="lamp"
      name={say.torch}
      aria-pressed={lit}
      onClick={() => void setTorch(track, !lit).then(setLit)}
    />
  );
}
