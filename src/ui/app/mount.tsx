import { type ComponentType, StrictMode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { words } from '../words.ts';
import { Boundary, Broken } from './boundary.tsx';

/** What stands in the page: the same when the site is built and in the browser. */
export function App({ room: Room }: { room: ComponentType }) {
  return (
    <StrictMode>
      <Boundary>
        <Room />
      </Boundary>
    </StrictMode>
  );
}

/**
 * Shows a room; one that does not arrive is said to be missing, with a way to ask for it again. A room that was drawn
 * when the site was built (`drawn`) stays as it is and comes to life.
 */
export async function mount(
  root: HTMLElement,
  load: () => Promise<{ default: ComponentType }>,
  drawn = false,
): Promise<void> {
  let app: Root | undefined;
  try {
    const { default: Room } = await load();
    if (drawn) hydrateRoot(root, <App room={Room} />);
    else {
      app = createRoot(root);
      app.render(<App room={Room} />);
    }
  } catch (error) {
    app ??= createRoot(root);
    app.render(
      <main>
        <Broken
          error={error instanceof Error ? error : new Error(String(error))}
          kept={words.app.broken.notArrived}
          onAgain={() => location.reload()}
        />
      </main>,
    );
  }
}
