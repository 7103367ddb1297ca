import { Popover } from '@base-ui/react/popover';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import type { ViewName } from './controls.ts';
import { useControl, useRoom } from './rank-room.ts';
import styles from './tour.module.css';

const { tourSteps, tourNav, tour } = words.rank;

/** Where each of the stops is: a view, and the part of it that carries this `data-tour`. */
const PLACES: readonly { view: ViewName; at: string }[] = [
  { view: 'teach', at: 'charts' },
  { view: 'teach', at: 'rail' },
  { view: 'teach', at: 'transport' },
  { view: 'pass-on', at: 'charts' },
  { view: 'look', at: 'charts' },
  { view: 'your-log', at: 'charts' },
];
const STOPS = PLACES.flatMap((place, i) => {
  const said = tourSteps[i];
  return said ? [{ ...place, ...said }] : [];
});

/**
 * A guided tour of six stops through the four views. Escape ends it; focus goes along, and back to the button at the end. Where
 * the views are hidden it stays in the one that is shown.
 */
export function Tour() {
  const { set, hidden } = useRoom();
  const view = useControl('view');
  const [step, setStep] = useState<number | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const stops = hidden.has('view') ? STOPS.filter((one) => one.view === view) : STOPS;
  const stop = step === null ? null : (stops[step] ?? null);
  const part = usePart(stop?.at ?? null, view);
  useMarked(part);
  const go = (to: number | null) => {
    setStep(to);
    const next = to === null ? null : stops[to];
    if (next && next.view !== view) set({ view: next.view });
  };
  if (stops.length === 0) return null;
  return (
    <>
      <Button ref={trigger} look="plain" onClick={() => go(0)}>
        {tour}
      </Button>
      <Popover.Root open={stop !== null} onOpenChange={(open) => !open && go(null)}>
        <Popover.Portal>
          <Popover.Positioner {...placeOf(part, trigger)} collisionPadding={16} className={styles.positioner}>
            {stop && step !== null && (
              <Popover.Popup className={styles.card} finalFocus={trigger}>
                <Popover.Title>{stop.title}</Popover.Title>
                <Popover.Description>{stop.text}</Popover.Description>
                <div className={styles.nav}>
                  <span className={styles.at}>{tourNav.at(step + 1, stops.length)}</span>
                  {step > 0 && <Button onClick={() => go(step - 1)}>{tourNav.back}</Button>}
                  <Button look="primary" onClick={() => go(step + 1 < stops.length ? step + 1 : null)}>
                    {step + 1 < stops.length ? tourNav.next : tourNav.done}
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

/** The part of the view that a stop is about, as soon as it is there; on a phone the rail is its button. */
function usePart(at: string | null, view: string): Element | null {
  const [part, setPart] = useState<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other parts
  useEffect(() => {
    const find = () => setPart(at === null ? null : document.querySelector(`[data-tour="${at}"]`));
    find();
    if (!at) return;
    const observer = new MutationObserver(find);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [at, view]);
  return part;
}

/** Beside a small part; in the lower corner of what is seen of the charts, which fill the page. */
function placeOf(part: Element | null, trigger: RefObject<Element | null>) {
  // While a view is being opened its parts are not there yet.
  if (!part) return { anchor: trigger, sideOffset: 8 };
  if (part.getAttribute('data-tour') !== 'charts') return { anchor: part, sideOffset: 8 };
  const corner = () => {
    const { right, bottom } = part.getBoundingClientRect();
    return new DOMRect(Math.min(right, innerWidth) - 16, Math.min(bottom, innerHeight) - 16, 0, 0);
  };
  const anchor = { getBoundingClientRect: corner, contextElement: part };
  return { anchor, side: 'top', align: 'end', sideOffset: 0 } as const;
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
