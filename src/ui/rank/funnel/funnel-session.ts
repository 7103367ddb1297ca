import { createStore } from 'zustand/vanilla';
import type { RankerName } from '../../../funnel/scored-request.ts';
import type { LookChange } from '../../../inference/ranking/look.ts';
import {
  createFunnelClient,
  type FunnelClient,
  type FunnelProblem,
  spawnFunnelWorker,
} from '../../../workers/funnel-client.ts';
import type {
  FunnelSample,
  LookedRequest,
  PassOnFigures,
  ReplayFigures,
} from '../../../workers/funnel-protocol.ts';
import { siteUrl } from '../../app/rooms.ts';

export type FunnelState = {
  /** The scored requests; null before they are. */
  sample: FunnelSample | null;
  /** Share of opening that is done, 0…1; null when nothing is being opened. */
  opening: number | null;
  passOn: PassOnFigures | null;
  replay: ReplayFigures | null;
  /** The request as logged, and as it is with the visitor's changes. */
  looked: { ranker: RankerName; before: LookedRequest; after: LookedRequest } | null;
  problem: Pick<FunnelProblem, 'code' | 'message'> | null;
};

export type FunnelPorts = { client: FunnelClient; models: string; sample: string; backend: string };

/** What Pass on and Look share: models and requests in a worker, figures in a store. New questions overtake old ones. */
export function createFunnelSession({ client, ...where }: FunnelPorts) {
  const store = createStore<FunnelState>(() => ({
    sample: null,
    opening: null,
    passOn: null,
    replay: null,
    looked: null,
    problem: null,
  }));
  const set = (to: Partial<FunnelState>) => store.setState(to);
  const fail = ({ code, message }: FunnelProblem) => set({ problem: { code, message }, opening: null });

  let opened: Promise<boolean> | null = null;

  /** Opens once; after a failure the next call tries again. */
  function open(): Promise<boolean> {
    opened ??= (async () => {
      set({ opening: 0, problem: null });
      const answer = await client.open(where, (opening) => set({ opening }));
      if (!answer.ok) {
        opened = null;
        fail(answer);
        return false;
      }
      set({ opening: null, sample: answer.sample });
      return true;
    })();
    return opened;
  }

  const askPassOn = latest(async (lambda: number) => {
    if (!(await open()) || store.getState().passOn?.lambda === lambda) return;
    const answer = await client.passOn(lambda);
    if (answer.ok) set({ passOn: answer.figures });
    else fail(answer);
  });
  const askReplay = latest(async ({ lambda, cut }: { lambda: number; cut: number }) => {
    const { replay } = store.getState();
    if (!(await open()) || (replay?.lambda === lambda && replay.cut === cut)) return;
    const answer = await client.replay(lambda, cut);
    if (answer.ok) set({ replay: answer.figures });
    else fail(answer);
  });
  const askLook = latest(
    async ({
      index,
      ranker,
      changes,
    }: {
      index: number;
      ranker: RankerName;
      changes: readonly LookChange[];
    }) => {
      if (!(await open())) return;
      const { looked } = store.getState();
      let before = looked?.ranker === ranker && looked.before.index === index ? looked.before : null;
      if (!before) {
        const answer = await client.look(index, ranker, []);
        if (!answer.ok) return fail(answer);
        before = answer.request;
      }
      if (changes.length === 0) return set({ looked: { ranker, before, after: before } });
      const answer = await client.look(index, ranker, changes);
      if (answer.ok) set({ looked: { ranker, before, after: answer.request } });
      else fail(answer);
    },
  );

  return {
    store,
    open,
    showPassOn: askPassOn,
    showReplay: askReplay,
    look: askLook,
    dispose: () => client.dispose(),
  };
}

export type FunnelSession = ReturnType<typeof createFunnelSession>;

/** Runs one question at a time; of those that come meanwhile only the last is asked. */
export function latest<T>(ask: (question: T) => Promise<void>): (question: T) => void {
  let running = false;
  let next: { question: T } | null = null;
  const run = async () => {
    running = true;
    while (next) {
      const { question } = next;
      next = null;
      await ask(question);
    }
    running = false;
  };
  return (question) => {
    next = { question };
    if (!running) void run();
  };
}

let shared: FunnelSession | null = null;

/** One funnel for the room; its worker starts when it is first asked. */
export function funnelSession(): FunnelSession {
  shared ??= createFunnelSession({
    client: createFunnelClient(spawnFunnelWorker),
    models: siteUrl('models/'),
    sample: siteUrl('samples/adlogs/slice.bin'),
    backend: new URLSearchParams(location.search).get('backend') ?? 'auto',
  });
  return shared;
}
