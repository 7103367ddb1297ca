import { parseOr } from '../../workers/schema.ts';
import { type FrameMessage, type HostMessage, hostMessage, VERSION } from './protocol.ts';

type Body<M> = M extends unknown ? Omit<M, 'scoreline' | 'id'> : never;
/** Answers one request, to the window and the origin that it came from. */
export type Answer = (body: Body<FrameMessage>) => void;
export type Serve = (request: HostMessage, answer: Answer) => void;

/**
 * Hears the page that holds this frame, and nobody else: other windows can post messages too, and so can frames beside
 * this one. An origin that cannot be named (`null`, of sandboxed pages and files) gets no answer, as anybody might read it.
 */
export function hearHost(frame: Window, serve: Serve): () => void {
  const hear = ({ source, origin, data }: MessageEvent<unknown>) => {
    if (frame.parent === frame || source !== frame.parent || !/^https?:\/\//.test(origin)) return;
    const request = parseOr(hostMessage, data);
    if (!request) return;
    serve(request, (body) => {
      const reply = { scoreline: VERSION, id: request.id, ...body };
      frame.parent.postMessage(reply, { targetOrigin: origin });
    });
  };
  frame.addEventListener('message', hear);
  return () => frame.removeEventListener('message', hear);
}

/** Tells how high the content is, now and whenever that changes. */
export function tellSize(content: Element, answer: Answer): () => void {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    answer({ kind: 'size', height });
  });
  observer.observe(content);
  return () => observer.disconnect();
}
