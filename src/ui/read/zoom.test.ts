import { describe, expect, it } from 'vitest';
import { fitView, panBy, showSpot, toPage, toPane, zoomAt } from './zoom.ts';

const page = { width: 3000, height: 4000 };
const pane = { width: 600, height: 500 };

describe('the view of a photo', () => {
  it('shows the whole page in the middle at first', () => {
    const view = fitView(page, pane);
    expect(view.scale).toBeCloseTo((500 - 32) / 4000);
    expect(view.y).toBeCloseTo(16);
    expect(view.x).toBeCloseTo((600 - view.scale * 3000) / 2);
  });

  it('keeps the spot under the fingers when it zooms', () => {
    const spot = { x: 300, y: 250 };
    const before = toPage(fitView(page, pane), spot);
    const view = zoomAt(fitView(page, pane), 6, spot, page, pane);
    expect(toPage(view, spot).x).toBeCloseTo(before.x);
    expect(toPage(view, spot).y).toBeCloseTo(before.y);
  });

  it('never zooms further out than the whole page, nor beyond four pixels to a pixel', () => {
    const fit = fitView(page, pane);
    expect(zoomAt(fit, 0.1, { x: 0, y: 0 }, page, pane)).toEqual(fit);
    expect(zoomAt(fit, 1e6, { x: 0, y: 0 }, page, pane).scale).toBe(4);
  });

  it('cannot be dragged off the page', () => {
    const close = zoomAt(fitView(page, pane), 5, { x: 300, y: 250 }, page, pane);
    const dragged = panBy(close, 1e5, -1e5, page, pane);
    expect(dragged.x).toBe(16);
    expect(dragged.y).toBeCloseTo(500 - close.scale * 4000 - 16);
  });

  it('moves a spot into sight, and not at all if it is in sight', () => {
    const close = zoomAt(fitView(page, pane), 8, { x: 0, y: 0 }, page, pane);
    const shown = showSpot(close, { x: 1500, y: 2000 }, page, pane);
    const at = toPane(shown, { x: 1500, y: 2000 });
    expect(at.x).toBeCloseTo(480);
    expect(at.y).toBeCloseTo(400);
    expect(showSpot(shown, { x: 1500, y: 2000 }, page, pane)).toEqual(shown);
  });
});
