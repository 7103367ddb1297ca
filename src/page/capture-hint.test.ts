import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { captureHint } from './capture-hint.ts';
import type { GreyImage } from './image.ts';

const PAGE = fileURLToPath(new URL('../../public/samples/scores/bass-line.jpg', import.meta.url));
const page = await sharp(PAGE).rotate().resize(960, 960, { fit: 'inside' }).png().toBuffer();

async function frame(spoil: (page: Sharp) => Sharp = (same) => same): Promise<GreyImage> {
  const { data, info } = await spoil(sharp(page))
    .flatten({ background: '#888' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

describe('the hint while a page is framed', () => {
  it('is good for a sharp, level page that fills the frame, and counts its staves', async () => {
    expect(captureHint(await frame(), 3)).toEqual({ kind: 'good', staves: 4 });
  });

  it('says what is wrong with a frame', async () => {
    const hint = async (spoil: (page: Sharp) => Sharp, scale = 3) =>
      captureHint(await frame(spoil), scale).kind;
    expect(await hint((same) => same.linear(0.2, 0))).toBe('dark');
    expect(await hint((same) => same.blur(4))).toBe('blurred');
    expect(await hint((same) => same.rotate(11, { background: '#888' }))).toBe('tilted');
    expect(await hint((same) => same, 1)).toBe('far');
  });

  it('sees a page that leans back from the camera', async () => {
    // Drawn in rows that get shorter towards the top.
    const flat = await frame();
    const leaning = { ...flat, data: flat.data.slice() };
    for (let y = 0; y < flat.height; y++) {
      const from = Math.round(flat.height * (y / flat.height) ** 0.55);
      const row = Math.min(flat.height - 1, from) * flat.width;
      leaning.data.set(flat.data.subarray(row, row + flat.width), y * flat.width);
    }
    expect(captureHint(leaning, 3).kind).toBe('tilted');
  });

  it('finds no music on a bare wall', async () => {
    const wall = { width: 960, height: 720, data: new Uint8Array(960 * 720).fill(180) };
    expect(captureHint(wall)).toEqual({ kind: 'no_music', staves: 0 });
  });
});
