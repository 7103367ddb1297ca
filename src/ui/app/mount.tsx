import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { words } from '../words.ts';
import { Boundary, Broken } from './boundary.tsx';

/** Shows a room; one that does not arrive is said to be missing, with a way to ask for it again. */
export async function mount(
  root: HTMLElement,
  load: () => Promise<{ default: ComponentType }>,
): Promise<void> {
  const app = createRoot(root);
  try {
    const { default: Room } = await load();
    app.render(
      <StrictMode>
        <Boundary>
          <Room />
        </Boundary>
      </StrictMode>,
    );
  } catch (error) {
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
