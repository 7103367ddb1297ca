import { GRID_STEP, type SourceGrid } from './camera-geometry.ts';
import type { CameraRecipe, Light } from './camera-recipe.ts';

/** Light that reaches each node of the grid, 1 = full, stains of the sheet included. */
export function lightGrid(
  recipe: CameraRecipe,
  grid: SourceGrid,
  photo: { width: number; height: number },
  page: { width: number; height: number },
): Float32Array {
  const { light, paper } = recipe;
  const out = new Float32Array(grid.columns * grid.rows);
  const aspect = photo.height / photo.width;
  const cos = Math.cos(light.direction);
  const sin = Math.sin(light.direction);
  const relief = reliefOf(recipe);
  for (let j = 0; j < grid.rows; j++) {
    const v = (j * GRID_STEP) / photo.height;
    for (let i = 0; i < grid.columns; i++) {
      const k = j * grid.columns + i;
      const u = (i * GRID_STEP) / photo.width;
      const x = u - 0.5;
      const y = (v - 0.5) * aspect;
      let level = 2 ** (-2 * light.slope * (x * cos + y * sin));
      if (light.lamp) {
        const { lamp } = light;
        const distance = ((u - lamp.x) ** 2 + ((v - lamp.y) * aspect) ** 2) / lamp.reach ** 2;
        level *= (1 + lamp.strength / (1 + 3 * distance)) / (1 + lamp.strength / 2);
      }
      level *= 1 - light.vignette * Math.min(1, 2 * (x * x + y * y));
      for (const shadow of light.shadows) level *= 1 - shadow.loss * shade(shadow, u, v, aspect);
      const s = (grid.x[k] ?? 0) / page.width;
      const t = (grid.y[k] ?? 0) / page.width;
      if (relief) level *= relief(s - 0.5);
      for (const stain of paper.stains) {
        const distance = ((s - stain.x) ** 2 + (t - stain.y) ** 2) / stain.radius ** 2;
        if (distance < 1.5) level *= 1 - stain.depth * Math.max(0, Math.min(1, 3 - 3 * distance));
      }
      out[k] = level;
    }
  }
  return out;
}

/** 0 in the light to 1 in the shade, across a wavy edge. */
function shade(shadow: Light['shadows'][number], u: number, v: number, aspect: number): number {
  const cos = Math.cos(shadow.direction);
  const sin = Math.sin(shadow.direction);
  const x = u - shadow.x;
  const y = (v - shadow.y) * aspect;
  const along = y * cos - x * sin;
  const distance = x * cos + y * sin + shadow.wave * Math.sin(2 * Math.PI * (1.3 * along + shadow.phase));
  return 1 / (1 + Math.exp(Math.max(-30, Math.min(30, -distance / shadow.softness))));
}

/** Shade of a bound sheet toward its spine, by position along the sheet in widths from the middle. */
function reliefOf({ pose, light }: CameraRecipe): ((s: number) => number) | null {
  const { spine } = pose;
  if (!spine || light.relief === 0) return null;
  const toward = Math.cos(light.direction) > 0 ? 1 : -1;
  return (s) => {
    const distance = spine.side < 0 ? s + 0.5 : 0.5 - s;
    const slope = spine.angle * Math.exp(-Math.abs(distance) / spine.reach);
    const sign = Math.sign(distance) * spine.side * toward;
    return Math.max(0.15, 1 - light.relief * slope * (0.75 + 0.25 * sign));
  };
}

/** How far out of focus each node lies: 0 near, 1 at the far side of the frame. */
export function focusAt(direction: number, offset: number, u: number, v: number): number {
  const side = (u - 0.5) * Math.cos(direction) + (v - 0.5) * Math.sin(direction);
  return Math.min(1, Math.max(0, (side - offset + 0.25) / 0.5));
}
