import { Popover } from '@base-ui/react/popover';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './tour.module.css';

const { tourSteps, tourNav, tour } = words.rank;

/** The part of the page that a stop is about; on a phone the rail is its button. */
function partOf(at: string): Element | null {
  return document.querySelector(`[data-tour="${at}"]`);
}

/** A guided tour of six stops. Escape ends it; focus goes along, and back to the button at the end. */
export function Tour() {
  const [step, setStep] = useState<number | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const stop = step === null ? null : (tourSteps[step] ?? null);
  const part = stop && partOf(stop.at);
  useMarked(part);
  return (
    <>
      <Button ref={trigger} look="plain" onClick={() => setStep(0)}>
        {tour}
      </Button>
      <Popover.Root open={stop !== null} onOpenChange={(open) => !open && setStep(null)}>
        <Popover.Portal>
          <Popover.Positioner
            anchor={part}
            sideOffset={8}
            collisionPadding={16}
            className={styles.positioner}
          >
            {stop && step !== null && (
              <Popover.Popup className={styles.card} aria-label={tourNav.label} finalFocus={trigger}>
                <Popover.Title>{stop.title}</Popover.Title>
                <Popover.Description>{stop.text}</Popover.Description>
                <div className={styles.nav}>
                  <span className={styles.at}>{tourNav.at(step + 1, tourSteps.length)}</span>
                  {step > 0 && <Button onClick={() => setStep(step - 1)}>{tourNav.back}</Button>}
                  <Button
                    look="primary"
                    onClick={() => setStep(step + 1 < tourSteps.length ? step + 1 : null)}
                  >
                    {step + 1 < tourSteps.length ? tourNav.next : tourNav.done}
                  </Button>
                </div>
              </Popover.Popup>
            )}
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

/** Draws a line around the part and brings it into sight, as long as it is the one. */
function useMarked(part: Element | null): void {
  useEffect(() => {
    const { marked } = styles;
    if (!part || !marked) return;
    part.scrollIntoView({ block: 'nearest' });
    part.classList.add(marked);
    return () => part.classList.remove(marked);
  }, [part]);
}
