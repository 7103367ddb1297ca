/**
 * `<scoreline-demo>`: a room of Scoreline within another site's page. One module without dependencies; it builds the
 * frame, keeps it as high as its content, and passes pictures in and scores out. How to use it: docs/embedding.md
 */
import { parseOr } from '../../workers/schema.ts';
import type { Theme } from '../theme.ts';
import { PARAMETER_NAMES } from './parameters.ts';
import {
  type FrameMessage,
  frameMessage,
  type HostMessage,
  type Result,
  ROOMS,
  VERSION,
} from './protocol.ts';

type Body<M> = M extends unknown ? Omit<M, 'scoreline' | 'id'> : never;
type Pending = { resolve: (result: Result) => void; reject: (error: Error) => void };

/** The rooms lie beside this module. (Said at the use, the bundler would look for files there.) */
const HERE = import.meta.url;

/** Height until the content's is known, px. */
const FIRST_HEIGHT = 480;

/** How long a frame that has loaded may take to answer, ms. */
const PATIENCE = 30_000;

/** What the frame may do. The camera is passed on only where the host asks for it with the attribute `camera`. */
const PERMISSIONS = ['autoplay', 'clipboard-write'];

export class ScorelineDemo extends HTMLElement {
  static observedAttributes = ['room', 'state', 'camera', ...PARAMETER_NAMES];

  #frame: HTMLIFrameElement | null = null;
  #ready = gate();
  #ids = 0;
  #pending = new Map<number, Pending>();
  #dark = matchMedia('(prefers-color-scheme: dark)');

  connectedCallback(): void {
    window.addEventListener('message', this.#hear);
    this.#dark.addEventListener('change', this.#tellTheme);
    this.#build();
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#hear);
    this.#dark.removeEventListener('change', this.#tellTheme);
    this.#leave('the element was taken off the page');
    this.#frame?.remove();
    this.#frame = null;
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.#frame || before === after) return;
    if (name === 'theme') this.#tellTheme();
    else this.#build();
  }

  /**
   * Shows a page of music in the room that reads and gives what was read. The picture is handed over as bytes; it does
   * not leave the visitor's browser. `scoreline-progress` is fired in between. @throws Error with `code` in `cause`.
   */
  async load(image: Blob | ArrayBuffer, name = ''): Promise<Result> {
    return this.#ask({ kind: 'load', image, name });
  }

  /** What was loaded by `load`, as it is now with the visitor's corrections. @throws Error */
  async result(): Promise<Result> {
    return this.#ask({ kind: 'get' });
  }

  /** Stops the reading under way; its `load` fails with the code `cancelled`. */
  stop(): void {
    this.#post({ kind: 'stop' });
  }

  #build(): void {
    this.#leave('the frame was loaded anew');
    const room = ROOMS.find((one) => one === this.getAttribute('room')) ?? 'read';
    const url = new URL(`./${room}/index.html`, HERE);
    // Rank's own controls, as in a link that it shares.
    if (room === 'rank') url.search = this.getAttribute('state') ?? '';
    for (const name of PARAMETER_NAMES) {
      const value = this.getAttribute(name);
      if (value !== null && name !== 'theme') url.searchParams.set(name, value);
    }
    url.searchParams.set('theme', this.#theme());
    const frame = document.createElement('iframe');
    frame.title = this.title || 'Scoreline';
    const camera = this.hasAttribute('camera') ? ['camera'] : [];
    frame.allow = [...PERMISSIONS, ...camera].map((name) => `${name} ${url.origin}`).join('; ');
    frame.style.cssText = `display:block;width:100%;height:${FIRST_HEIGHT}px;border:0;background:none`;
    // The same as in the frame, or browsers put an opaque ground under it.
    frame.style.colorScheme = this.#theme();
    const { shut } = this.#ready;
    frame.addEventListener('load', () => {
      this.#post({ kind: 'hello' });
      setTimeout(() => shut(new Error('Scoreline does not answer')), PATIENCE);
    });
    frame.src = url.href;
    this.style.display ||= 'block';
    this.#frame?.remove();
    this.#frame = frame;
    (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).append(frame);
  }

  #leave(why: string): void {
    const left = new Error(why);
    for (const { reject } of this.#pending.values()) reject(left);
    this.#pending.clear();
    this.#ready.shut(left);
    this.#ready = gate();
  }

  async #ask(body: Body<HostMessage>): Promise<Result> {
    await this.#ready.opened;
    return new Promise((resolve, reject) => this.#pending.set(this.#post(body), { resolve, reject }));
  }

  #post(body: Body<HostMessage>): number {
    const id = ++this.#ids;
    const frame = this.#frame;
    frame?.contentWindow?.postMessage({ scoreline: VERSION, id, ...body }, new URL(frame.src).origin);
    return id;
  }

  #hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
    const message = parseOr(frameMessage, data);
    if (message) this.#take(message, frame);
  };

  #take(message: FrameMessage, frame: HTMLIFrameElement): void {
    const { scoreline, id, ...detail } = message;
    const pending = this.#pending.get(id);
    switch (message.kind) {
      case 'size':
        frame.style.height = `${message.height}px`;
        break;
      case 'ready':
        this.#ready.open();
        break;
      case 'result':
        this.#pending.delete(id);
        pending?.resolve(message);
        break;
      case 'error':
        this.#pending.delete(id);
        pending?.reject(new Error(message.message, { cause: message.code }));
    }
    this.dispatchEvent(new CustomEvent(`scoreline-${message.kind}`, { detail, bubbles: true }));
  }

  /** The host's colours, unless the attribute says which. */
  #theme(): Exclude<Theme, 'system'> {
    const said = this.getAttribute('theme');
    if (said === 'light' || said === 'dark') return said;
    const schemes = getComputedStyle(this).colorScheme.split(' ');
    if (!schemes.includes('dark')) return 'light';
    return schemes.includes('light') && !this.#dark.matches ? 'light' : 'dark';
  }

  #tellTheme = (): void => {
    const theme = this.#theme();
    if (this.#frame) this.#frame.style.colorScheme = theme;
    this.#post({ kind: 'theme', theme });
  };
}

/** Opens when the frame answers; shut when it is given up or does not answer in time. */
function gate(): { opened: Promise<void>; open: () => void; shut: (why: Error) => void } {
  let open = () => {};
  let shut: (why: Error) => void = () => {};
  const opened = new Promise<void>((resolve, reject) => {
    [open, shut] = [resolve, reject];
  });
  // Who waits for it hears of it; nobody need wait.
  opened.catch(() => {});
  return { opened, open, shut };
}

customElements.define('scoreline-demo', ScorelineDemo);
