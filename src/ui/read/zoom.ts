/** Where a page lies in its pane: `scale` pane pixels to a page pixel, its top left corner at (x, y) of the pane. */
export type View = { scale: number; x: number; y: number };
export type Size = { width: number; height: number };
export type Spot = { x: number; y: number };

const MARGIN = 16;
const MAX_SCALE = 4;

/** The whole page, in the middle of its pane. */
export function fitView(page: Size, pane: Size): View {
  const scale = Math.min(
    Math.max(pane.width - 2 * MARGIN, 1) / page.width,
    Math.max(pane.height - 2 * MARGIN, 1) / page.height,
  );
  return {
    scale,
    x: (pane.width - scale * page.width) / 2,
    y: (pane.height - scale * page.height) / 2,
  };
}

/** Scaled by `factor` about a spot of the pane that stays where it is, within the limits. */
export function zoomAt(view: View, factor: number, spot: Spot, page: Size, pane: Size): View {
  const smallest = fitView(page, pane).scale;
  const scale = clamp(view.scale * factor, smallest, Math.max(MAX_SCALE, smallest));
  const kept = scale / view.scale;
  return keepInside(
    { scale, x: spot.x - (spot.x - view.x) * kept, y: spot.y - (spot.y - view.y) * kept },
    page,
    pane,
  );
}

export function panBy(view: View, dx: number, dy: number, page: Size, pane: Size): View {
  return keepInside({ ...view, x: view.x + dx, y: view.y + dy }, page, pane);
}

/** Moved so little that the spot of the page is at least a fifth of the pane away from its edges. */
export function showSpot(view: View, spot: Spot, page: Size, pane: Size): View {
  const at = toPane(view, spot);
  const border = { x: pane.width / 5, y: pane.height / 5 };
  const dx = clamp(at.x, border.x, pane.width - border.x) - at.x;
  const dy = clamp(at.y, border.y, pane.height - border.y) - at.y;
  return panBy(view, dx, dy, page, pane);
}

export function toPane(view: View, spot: Spot): Spot {
  return { x: view.x + view.scale * spot.x, y: view.y + view.scale * spot.y };
}

export function toPage(view: View, spot: Spot): Spot {
  return { x: (spot.x - view.x) / view.scale, y: (spot.y - view.y) / view.scale };
}

/** A page smaller than the pane is centred; a larger one leaves no empty edge but the margin. */
function keepInside(view: View, page: Size, pane: Size): View {
  return {
    scale: view.scale,
    x: keepAxis(view.x, view.scale * page.width, pane.width),
    y: keepAxis(view.y, view.scale * page.height, pane.height),
  };
}

function keepAxis(at: number, length: number, room: number): number {
  if (length + 2 * MARGIN <= room) return (room - length) / 2;
  return clamp(at, room - length - MARGIN, MARGIN);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
