import { describe, expect, it, vi } from 'vitest';
import { hearHost, type Serve } from './host.ts';

/** A window in a frame, and the one around it. */
function frameAndHost() {
  const parent = { postMessage: vi.fn() };
  let hear: (event: object) => void = () => {};
  const frame = {
    parent,
    addEventListener: (_: string, listener: (event: object) => void) => {
      hear = listener;
    },
    removeEventListener: vi.fn(),
  } as unknown as Window;
  return { frame, parent, post: (event: object) => hear(event) };
}

const hello = { scoreline: 1, id: 7, kind: 'hello' };

function heardOf(event: { source?: object; origin?: string; data?: unknown }, ownParent = true) {
  const { frame, parent, post } = frameAndHost();
  const serve = vi.fn<Serve>((_, answer) => answer({ kind: 'ready', room: 'read' }));
  hearHost(frame, serve);
  post({ source: ownParent ? parent : {}, origin: 'https://host.example', data: hello, ...event });
  return { serve, parent };
}

describe('the frame', () => {
  it('answers the window and the origin that asked, with the number of the request', () => {
    const { parent } = heardOf({});
    expect(parent.postMessage).toHaveBeenCalledWith(
      { scoreline: 1, id: 7, kind: 'ready', room: 'read' },
      { targetOrigin: 'https://host.example' },
    );
  });

  it('does not hear other windows, nameless origins, or what it does not understand', () => {
    expect(heardOf({}, false).serve).not.toHaveBeenCalled();
    for (const origin of ['null', '', 'file://']) expect(heardOf({ origin }).serve).not.toHaveBeenCalled();
    for (const data of [null, 'hello', { ...hello, scoreline: 2 }, { ...hello, kind: 'eval' }])
      expect(heardOf({ data }).serve).not.toHaveBeenCalled();
  });

  it('takes a picture as bytes and never as an address', () => {
    const load = { scoreline: 1, id: 1, kind: 'load', name: 'page.png' };
    expect(heardOf({ data: { ...load, image: new Blob(['x']) } }).serve).toHaveBeenCalled();
    expect(heardOf({ data: { ...load, image: new ArrayBuffer(4) } }).serve).toHaveBeenCalled();
    expect(
      heardOf({ data: { ...load, image: 'https://host.example/page.png' } }).serve,
    ).not.toHaveBeenCalled();
  });
});
