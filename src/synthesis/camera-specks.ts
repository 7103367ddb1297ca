import { type Projection, projectionOf } from './camera-geometry.ts';
import type { Plane } from './camera-optics.ts';
import type { CameraRecipe } from './camera-recipe.ts';

/** Dirt on the sheet: small round spots that take away `depth` of the light. */
export function addSpecks(plane: Plane, { paper }: CameraRecipe, projection: Projection): void {
  const project = projectionOf(projection);
  const { width } = projection.page;
  for (const speck of paper.specks) {
    const centre = project(speck.x * width, speck.y * width, { x: 0, y: 0 });
    darken(plane, centre.x, centre.y, speck.radius * width * projection.scale, speck.depth);
  }
}

function darken({ width, height, data }: Plane, cx: number, cy: number, radius: number, depth: number): void {
  const reach = Math.max(1, radius + 0.5);
  const top = Math.max(0, Math.floor(cy - reach));
  const bottom = Math.min(height - 1, Math.ceil(cy + reach));
  const left = Math.max(0, Math.floor(cx - reach));
  const right = Math.min(width - 1, Math.ceil(cx + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy)));
      const k = y * width + x;
      data[k] = (data[k] ?? 0) * (1 - depth * cover);
    }
  }
}
