/** Bounding box in the coordinates of its surroundings. */
export type Box = { x0: number; y0: number; x1: number; y1: number };

export function emptyBox(): Box {
  return { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
}

export function isEmpty(box: Box): boolean {
  return box.x1 < box.x0;
}

export function extend(box: Box, x: number, y: number): void {
  if (x < box.x0) box.x0 = x;
  if (x > box.x1) box.x1 = x;
  if (y < box.y0) box.y0 = y;
  if (y > box.y1) box.y1 = y;
}

export function join(into: Box, other: Box): void {
  if (isEmpty(other)) return;
  extend(into, other.x0, other.y0);
  extend(into, other.x1, other.y1);
}

/** How many numbers each path command takes, and which of them are the point where it ends. */
const ARITY: Record<string, number> = { M: 2, L: 2, C: 6, S: 4, Q: 4, T: 2, H: 1, V: 1, Z: 0 };

/** Box of a path's points and control points: a hair wider than the ink where it bulges. */
export function pathBox(d: string): Box {
  const box = emptyBox();
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = 'M', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const command = letter.toUpperCase();
    const relative = letter !== command;
    const numbers = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const arity = ARITY[command] ?? 0;
    if (arity === 0) {
      [x, y] = [startX, startY];
      continue;
    }
    for (let i = 0; i + arity <= numbers.length; i += arity) {
      if (command === 'H') x = (relative ? x : 0) + (numbers[i] ?? 0);
      else if (command === 'V') y = (relative ? y : 0) + (numbers[i] ?? 0);
      else {
        const [fromX, fromY] = relative ? [x, y] : [0, 0];
        for (let k = i; k < i + arity; k += 2) {
          x = fromX + (numbers[k] ?? 0);
          y = fromY + (numbers[k + 1] ?? 0);
          if (k < i + arity - 2) extend(box, x, y);
        }
      }
      extend(box, x, y);
      if (command === 'M') [startX, startY] = [x, y];
    }
  }
  return box;
}
