import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasTorch, openCamera, problemOf, stillSize } from './camera-stream.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the camera', () => {
  it('is missing where the browser gives none, and prefers the rear one without insisting', async () => {
    vi.stubGlobal('navigator', {});
    expect(await openCamera()).toEqual({ ok: false, problem: 'missing' });

    const getUserMedia = vi.fn(async (_wish: MediaStreamConstraints) => 'stream');
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    expect(await openCamera()).toEqual({ ok: true, stream: 'stream' });
    expect(JSON.stringify(getUserMedia.mock.calls[0])).toMatch(/"facingMode":\{"ideal":"environment"\}/);
    expect(JSON.stringify(getUserMedia.mock.calls[0])).not.toMatch(/exact/);
  });

  it('that cannot be opened is told apart by why', () => {
    expect(problemOf('NotAllowedError')).toBe('denied');
    expect(problemOf('NotFoundError')).toBe('missing');
    expect(problemOf('NotReadableError')).toBe('busy');
  });

  it('has a lamp only if its track lists one', () => {
    const track = (capabilities?: object) => ({ getCapabilities: () => capabilities }) as MediaStreamTrack;
    expect(hasTorch(track({ torch: true }))).toBe(true);
    expect(hasTorch(track({}))).toBe(false);
    expect(hasTorch(track())).toBe(false);
  });

  it('takes only frames where there is no still camera or it does not say its size', async () => {
    const track = {} as MediaStreamTrack;
    expect(await stillSize(track)).toBeNull();
    vi.stubGlobal(
      'ImageCapture',
      class {
        getPhotoCapabilities = async () => ({ imageWidth: { max: 4000 }, imageHeight: { max: 3000 } });
      },
    );
    expect(await stillSize(track)).toEqual({ width: 4000, height: 3000 });
  });
});
