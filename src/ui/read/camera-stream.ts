/** The camera as the browser gives it, without any of React. */

/** `framed`: refused within another site's page, which may not have passed its permission on. */
export type CameraProblem = 'denied' | 'framed' | 'missing' | 'busy';
export type OpenedCamera = { ok: true; stream: MediaStream } | { ok: false; problem: CameraProblem };

/** Asks for the camera at the back of the phone, as large as it goes; any camera will do. */
export async function openCamera(): Promise<OpenedCamera> {
  // Plain HTTP and pages framed without permission have none.
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, problem: 'missing' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 3840 }, height: { ideal: 2160 } },
    });
    return { ok: true, stream };
  } catch (error) {
    const problem = problemOf(error instanceof DOMException ? error.name : '');
    const framed = globalThis.top !== globalThis.self;
    return { ok: false, problem: problem === 'denied' && framed ? 'framed' : problem };
  }
}

export function problemOf(name: string): CameraProblem {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

// Not every browser's type of these says that there may be a lamp.
type Lamp = { torch?: boolean };

export function hasTorch(track: MediaStreamTrack): boolean {
  const capabilities: (MediaTrackCapabilities & Lamp) | undefined = track.getCapabilities?.();
  return capabilities?.torch === true;
}

export async function setTorch(track: MediaStreamTrack, torch: boolean): Promise<boolean> {
  const lamp: MediaTrackConstraintSet & Lamp = { torch };
  return track.applyConstraints({ advanced: [lamp] }).then(
    () => torch,
    () => false,
  );
}

type Size = { width: number; height: number };

/** The largest still that the camera takes, or null where only frames of the video can be had. */
export async function stillSize(track: MediaStreamTrack): Promise<Size | null> {
  // Not every browser takes stills.
  if (!('ImageCapture' in globalThis)) return null;
  try {
    const { imageWidth, imageHeight } = await new ImageCapture(track).getPhotoCapabilities();
    return imageWidth?.max && imageHeight?.max ? { width: imageWidth.max, height: imageHeight.max } : null;
  } catch {
    return null;
  }
}

/** Cameras that do not answer within this time are not waited for, ms. */
const PATIENCE = 6000;

/** A still at the camera's full resolution where it takes one, else a frame of the video. @throws Error */
export async function takeStill(video: HTMLVideoElement, track: MediaStreamTrack): Promise<Blob> {
  const size = await stillSize(track);
  if (size) {
    const still = new ImageCapture(track)
      .takePhoto({ imageWidth: size.width, imageHeight: size.height })
      .catch(() => null);
    const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
    const photo = await Promise.race([still, late]);
    if (photo && photo.size > 0) return photo;
  }
  return frameOf(video);
}

async function frameOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
  if (!blob) throw new Error('the frame could not be kept');
  return blob;
}
