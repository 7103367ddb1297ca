import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const MINUTE = 60_000;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recognise-'));
  writeFileSync(join(folder, 'text.png'), 'no picture at all');
  const paper = { width: 400, height: 300, channels: 3, background: '#f4f0e8' } as const;
  await sharp({ create: paper }).png().toFile(join(folder, 'blank.png'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function recognise(...options: string[]) {
  const program = ['--import', 'tsx', join(ROOT, 'tools/recognise.ts'), ...options];
  const { status, stderr } = spawnSync('node', program, { cwd: ROOT, encoding: 'utf8' });
  return { status, said: stderr };
}

describe('the command that reads photos', () => {
  test(
    'explains itself and fails by 2 where a photo or the folder is missing',
    () => {
      expect(recognise('--out', folder)).toMatchObject({
        status: 2,
        said: expect.stringContaining('npm run recognise'),
      });
    },
    MINUTE,
  );

  test(
    'writes an empty result of a photo without music and ends by 3',
    () => {
      const out = join(folder, 'empty');
      const { status, said } = recognise(join(folder, 'blank.png'), '--out', out);
      expect(status).toBe(3);
      expect(said).toContain('blank.png');
      const result: unknown = JSON.parse(readFileSync(join(out, 'blank.json'), 'utf8'));
      expect(result).toMatchObject({ photo: { width: 400, height: 300 }, systems: [] });
    },
    MINUTE,
  );

  test(
    'goes on after a file that cannot be read, and ends by 2, which beats 3',
    () => {
      const out = join(folder, 'both');
      const { status, said } = recognise(join(folder, 'text.png'), join(folder, 'blank.png'), '--out', out);
      expect(status).toBe(2);
      expect(said).toContain('text.png');
      expect(existsSync(join(out, 'blank.json'))).toBe(true);
      expect(existsSync(join(out, 'text.json'))).toBe(false);
    },
    MINUTE,
  );
});
