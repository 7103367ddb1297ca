import { createStore } from 'zustand/vanilla';
import type { Quad } from '../../page/homography.ts';
import { cornersAround, NEAR_EDGE } from './corners-start.ts';
import type { Photo, Session } from './session.ts';

/** Where photos go: into a new piece, to the end of this one, or into the place of one of its pages. */
export type Target = 'new' | 'append' | { retake: string };

/** What is open to take photos with. */
export type Intake =
  | { kind: 'nothing' }
  | { kind: 'camera'; target: Target }
  | { kind: 'pdf'; file: File; target: Target }
  | { kind: 'corners'; photo: Photo; start: Quad; target: Target };

/** Photos on their way into a session, from the camera, files, PDF pages, or straightened by hand. */
function createIntake(session: Session) {
  const store = createStore<Intake>(() => ({ kind: 'nothing' }));
  /** What was taken last, so that a photo that could not be read can be straightened by hand. */
  let last: { photos: readonly Photo[]; target: Target } = { photos: [], target: 'new' };
  const set = (to: Intake) => store.setState(to, true);

  function take(photos: readonly Photo[], target: Target): void {
    const [first, ...rest] = photos;
    if (!first) return;
    last = { photos, target };
    if (typeof target === 'object') {
      void session.retakePage(target.retake, first);
      if (rest.length > 0) void session.addPages(rest);
    } else if (target === 'append') void session.addPages(photos);
    else void session.open(photos);
  }

  /** Corners are set on the picture as it was taken, staves are known on the upright one. */
  function startOf(id: string): Quad {
    const page = session.store.getState().piece?.pages.find((one) => one.id === id);
    if (!page?.size || page.rotation !== 0) return NEAR_EDGE;
    return cornersAround(
      page.staves.map(({ place }) => place),
      page.size,
    );
  }

  return {
    store,
    take,
    /** Takes files as they come: pictures are read at once, of a PDF its pages are chosen. */
    async receive(files: readonly File[], target: Target): Promise<void> {
      for (const file of files) if (await isPdf(file)) return set({ kind: 'pdf', file, target });
      take(
        files.map((file) => ({ photo: file, name: file.name })),
        target,
      );
    },
    openCamera: (target: Target) => set({ kind: 'camera', target }),
    adjustPage(page: string, name: string): void {
      const photo = session.photoOf(page);
      if (!photo) return;
      set({ kind: 'corners', photo: { photo, name }, start: startOf(page), target: { retake: page } });
    },
    /** The photo of this name that could not be read, if it is still at hand. */
    failed: (name: string) => last.photos.find((photo) => photo.name === name),
    adjustFailed(name: string): void {
      const photo = last.photos.find((one) => one.name === name);
      const target = session.store.getState().piece && last.target === 'new' ? 'append' : last.target;
      if (!photo) return;
      const { photos, target: wanted } = last;
      set({ kind: 'corners', photo, start: NEAR_EDGE, target: photos.length > 1 ? target : wanted });
    },
    close: () => set({ kind: 'nothing' }),
  };
}

/** Names and types may lie; the mark may stand somewhere in the first kilobyte. */
async function isPdf(file: File): Promise<boolean> {
  const head = await file
    .slice(0, 1024)
    .text()
    .catch(() => '');
  return head.includes('%PDF-');
}

export type IntakeOf = ReturnType<typeof createIntake>;

const intakes = new WeakMap<Session, IntakeOf>();

/** The intake of a session: one for all who ask. */
export function intakeOf(session: Session): IntakeOf {
  const known = intakes.get(session) ?? createIntake(session);
  intakes.set(session, known);
  return known;
}
