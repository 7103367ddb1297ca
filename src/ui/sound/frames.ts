import { useEffect, useEffectEvent } from 'react';
import type { Player } from './player.ts';

const STILL = '(prefers-reduced-motion: reduce)';

/**
 * Draws what shows the time of the music: before every picture while it plays, else when its place changes. Visitors who want less motion
 * are shown the steps only (`gliding` is false).
 */
export function useFrames(player: Player, draw: (at: number, gliding: boolean) => void): void {
  const drawNow = useEffectEvent(() => {
    const playing = player.store.getState().state === 'playing';
    draw(player.position(), playing && !matchMedia(STILL).matches);
  });
  useEffect(() => {
    let frame = 0;
    const run = () => {
      drawNow();
      frame = player.store.getState().state === 'playing' ? requestAnimationFrame(run) : 0;
    };
    const unsubscribe = player.store.subscribe(() => {
      if (frame === 0) run();
    });
    run();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [player]);
}
