/** Where a run stands still: before each day it passes here, and within a day it can be held up. */
export type Gate = {
  pause(): void;
  resume(): void;
  /** Lets one day pass, then closes again. */
  step(): void;
  /** Settles when the gate is open or `signal` is aborted; `onClosed` is called once if it is not open. */
  pass(signal: AbortSignal, onClosed: () => void): Promise<void>;
  /** One day is over. */
  dayOver(): void;
  readonly isClosed: boolean;
};

export function createGate(step: boolean): Gate {
  let closed = false;
  let closeAfterDay = step;
  let open: (() => void) | null = null;
  const letPass = () => {
    closed = false;
    open?.();
    open = null;
  };
  return {
    pause() {
      closed = true;
    },
    resume() {
      closeAfterDay = false;
      letPass();
    },
    step() {
      closeAfterDay = true;
      letPass();
    },
    async pass(signal, onClosed) {
      if (!closed || signal.aborted) return;
      onClosed();
      await new Promise<void>((resolve) => {
        open = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    dayOver() {
      if (closeAfterDay) closed = true;
    },
    get isClosed() {
      return closed;
    },
  };
}
