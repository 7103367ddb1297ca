import type { Shape } from './tones.ts';

/** Outline of a marker around 0, 0 with radius `r`. */
const OUTLINES: Record<Shape, (r: number) => string> = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (r) => `M${-r} ${-r}H${r}V${r}H${-r}z`,
  triangle: (r) => `M0 ${-1.2 * r}L${1.15 * r} ${0.9 * r}H${-1.15 * r}z`,
  diamond: (r) => `M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0z`,
  cross: (r) => {
    const [a, b] = [1.1 * r, 0.4 * r];
    return `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}z`;
  },
  star: (r) => {
    const points = Array.from({ length: 10 }, (_, i) => {
      const radius = i % 2 === 0 ? 1.35 * r : 0.6 * r;
      const angle = (Math.PI * i) / 5;
      return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
    });
    return `M${points.join('L')}z`;
  },
};

export function shapePath(shape: Shape, radius: number): string {
  return OUTLINES[shape](radius);
}
