import type { Token } from '../../notation/token.ts';
import { type Shape, symbolShapes } from './marks.ts';
import { ShapeOf } from './shape.tsx';

/** A symbol of music as an icon: what a button would make of what is selected. */
export function MusicIcon({ token, size = 24 }: { token: Token; size?: number }) {
  return (
    <ShapesIcon
      shapes={symbolShapes(token)}
      top={token.rhythm.startsWith('note-') ? -3.9 : -2.6}
      size={size}
    />
  );
}

/** Shapes in staff spaces as an icon of 5.2 spaces. */
export function ShapesIcon({
  shapes,
  top = -2.6,
  size = 24,
}: {
  shapes: readonly Shape[];
  top?: number;
  size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`-2.6 ${top} 5.2 5.2`}
      fill="currentColor"
      stroke="none"
      aria-hidden="true"
      data-music=""
    >
      {shapes.map((shape, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no other name
        <ShapeOf key={i} shape={shape} />
      ))}
    </svg>
  );
}
