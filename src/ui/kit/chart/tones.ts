/**
 * Okabe and Ito's colours that differ for every kind of colour vision, shaded so that each stands out from the paper at
 * 3:1 (`--tone-*` in tokens.css). Every tone has a dash and a shape of its own: colour is never the only sign.
 */
export const TONES = {
  ink: { dash: [], shape: 'circle' },
  blue: { dash: [8, 3], shape: 'square' },
  orange: { dash: [2, 3], shape: 'triangle' },
  green: { dash: [10, 3, 2, 3], shape: 'diamond' },
  purple: { dash: [5, 2, 2, 2, 2, 2], shape: 'cross' },
  sky: { dash: [4, 4], shape: 'star' },
  /** For what is only there to compare with: a pinned run, a baseline. */
  quiet: { dash: [1, 2], shape: 'circle' },
} as const satisfies Record<string, { dash: readonly number[]; shape: Shape }>;

export type Tone = keyof typeof TONES;
export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star';

export function toneColour(tone: Tone): string {
  return `var(--tone-${tone})`;
}
