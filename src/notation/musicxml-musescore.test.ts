import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeMusicXml } from './musicxml.ts';
import { readMusicXmlNotes } from './musicxml-notes.ts';
import { scoreFromPages } from './score-from-tokens.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { inOrder, notesOfScore } from './testing/sounded-notes.ts';

const MUSESCORE = 'musescore3';

describe.skipIf(!hasMuseScore())(`MusicXML read by MuseScore (skipped where ${MUSESCORE} is missing)`, () => {
  it('is imported without complaint and exported again with the same notes', () => {
    const dir = mkdtempSync(join(tmpdir(), 'musescore-'));
    try {
      for (let seed = 0; seed < 4; seed++) {
        // MuseScore has no grace notes before rests.
        const score = scoreFromPages(generatedPages(seed, { graces: false }));
        const [written, exported] = [join(dir, `${seed}.musicxml`), join(dir, `${seed}.out.musicxml`)];
        writeFileSync(written, writeMusicXml(score));
        const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
        const { status, stderr } = spawnSync(MUSESCORE, [written, '-o', exported], { env, encoding: 'utf8' });
        expect(status).toBe(0);
        expect(stderr).not.toMatch(/error|invalid|corrupt/i);
        const read = readMusicXmlNotes(readFileSync(exported, 'utf8'));
        expect(inOrder(read)).toEqual(inOrder(notesOfScore(score)));
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  }, 120_000);
});

function hasMuseScore(): boolean {
  try {
    execFileSync('which', [MUSESCORE], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
