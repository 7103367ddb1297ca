import type { Told } from '../../workers/read-client.ts';
import { afterEvent } from './staves.ts';
import { type Page, type Piece, type ReadState, stepOf, type Work } from './store.ts';

/** The state after one thing that the reading worker told. */
export function afterTold(state: ReadState, told: Told): ReadState {
  const { piece, work } = state;
  if (!piece || !work) return state;
  const withWork = (to: Partial<Work>): ReadState => ({ ...state, work: { ...work, ...to } });
  const withPage = (to: (page: Page) => Partial<Page>): Piece => ({
    ...piece,
    pages: piece.pages.map((page) => (page.id === work.page ? { ...page, ...to(page) } : page)),
  });
  switch (told.kind) {
    case 'opened': {
      const { width, height } = told;
      return { ...withWork({ step: 'geometry' }), piece: withPage(() => ({ size: { width, height } })) };
    }
    case 'engine':
      return { ...state, engine: { backend: told.backend, reason: told.reason } };
    case 'weights':
      return withWork({ weights: { done: told.done, total: told.total } });
    case 'event': {
      const { event } = told;
      if (event.kind === 'progress') {
        const share = event.total > 0 ? event.done / event.total : null;
        return withWork({ step: stepOf(event.stage), share, weights: null });
      }
      return {
        ...state,
        piece: withPage(({ staves }) => ({
          staves: afterEvent(staves, event),
          ...(event.kind === 'page' ? { size: event.photo, rotation: event.rotation } : {}),
        })),
      };
    }
  }
}
