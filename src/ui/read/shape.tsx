import glyphs from './glyphs.json' with { type: 'json' };
import type { Shape } from './marks.ts';

const GLYPHS: Record<string, { d: string; cx: number } | undefined> = glyphs;
/** Units of the glyphs to a staff space. */
const UNITS = 250;

/** One shape of a symbol, in staff spaces. */
export function ShapeOf({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case 'glyph': {
      const glyph = GLYPHS[shape.name];
      if (!glyph) return null;
      const scale = shape.scale / UNITS;
      return (
        <path
          d={glyph.d}
          transform={`translate(${round(shape.x - glyph.cx * scale)} ${round(shape.y)}) scale(${scale})`}
        />
      );
    }
    case 'line':
      return (
        <line
          x1={round(shape.x1)}
          y1={round(shape.y1)}
          x2={round(shape.x2)}
          y2={round(shape.y2)}
          stroke="currentColor"
          strokeWidth={shape.width}
        />
      );
    case 'curve':
      return (
        <path
          fill="none"
          stroke="currentColor"
          strokeWidth="0.18"
          d={`M${shape.x} ${shape.y}q${shape.width / 2} ${shape.bend} ${shape.width} 0`}
        />
      );
    case 'dot':
      return <circle cx={shape.x} cy={shape.y} r={shape.r} />;
    case 'text':
      return (
        <text x={shape.x} y={shape.y} fontSize="1.9" textAnchor="middle">
          {shape.text}
        </text>
      );
  }
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
