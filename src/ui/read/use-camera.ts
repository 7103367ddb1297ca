import { type RefObject, useEffect, useState } from 'react';
import type { CaptureHint } from '../../page/capture-hint.ts';
import { startCapture } from '../../workers/capture-client.ts';
import { type CameraProblem, closeCamera, openCamera, stillSize } from './camera-stream.ts';

export type Camera =
  | { state: 'asking' }
  | { state: 'live'; track: MediaStreamTrack }
  | { state: CameraProblem };

/** The camera on a video element, as long as the page is seen; `attempt` counts how often it was asked for. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, attempt: number): Camera {
  const [camera, setCamera] = useState<Camera>({ state: 'asking' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks anew
  useEffect(() => {
    let stream: MediaStream | null = null;
    let left = false;
    const stop = () => {
      if (stream) closeCamera(stream);
      stream = null;
    };
    const start = async () => {
      setCamera({ state: 'asking' });
      const opened = await openCamera();
      if (!opened.ok) return setCamera({ state: opened.problem });
      if (left || document.hidden) return closeCamera(opened.stream);
      stream = opened.stream;
      const [track] = stream.getVideoTracks();
      if (!track || !video.current) return setCamera({ state: 'missing' });
      track.addEventListener('ended', () => setCamera({ state: 'busy' }));
      video.current.srcObject = stream;
      await video.current.play().catch(() => undefined);
      setCamera({ state: 'live', track });
    };
    // Nobody films what nobody sees.
    const look = () => {
      if (document.hidden) stop();
      else if (!stream) void start();
    };
    document.addEventListener('visibilitychange', look);
    void start();
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }, [video, attempt]);
  return camera;
}

/** Frames are judged at this many px of their longer side, and after each the camera rests, ms. */
const FRAME = 960;
const REST = 200;

/** What the page's geometry says of the picture, anew a few times a second; null until it has said something. */
export function useCaptureHint(
  video: RefObject<HTMLVideoElement | null>,
  camera: Camera,
): CaptureHint | null {
  const [hint, setHint] = useState<CaptureHint | null>(null);
  useEffect(() => {
    if (camera.state !== 'live') return;
    const client = startCapture();
    let left = false;
    const look = async () => {
      const still = await stillSize(camera.track);
      let before: CaptureHint['kind'] | null = null;
      while (!left) {
        const element = video.current;
        if (element && element.videoWidth > 0) {
          const side = Math.max(element.videoWidth, element.videoHeight);
          const shrink = Math.min(1, FRAME / side);
          const frame = await createImageBitmap(element, {
            resizeWidth: Math.round(element.videoWidth * shrink),
            resizeHeight: Math.round(element.videoHeight * shrink),
            resizeQuality: 'medium',
          }).catch(() => null);
          const pixels = still ? Math.max(still.width, still.height) : side;
          const found = frame && !left ? await client.judge(frame, pixels / (side * shrink)) : null;
          // What holds for two frames is said; one alone may be a jerk.
          if (found && !left && (before === null || found.kind === before)) setHint(found);
          before = found?.kind ?? null;
        }
        await new Promise((resolve) => setTimeout(resolve, REST));
      }
    };
    void look();
    return () => {
      left = true;
      client.dispose();
    };
  }, [video, camera]);
  return hint;
}
