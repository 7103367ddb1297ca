import { VerovioToolkit } from 'verovio/esm';
import createVerovioModule from 'verovio/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeMusicXml } from './musicxml.ts';
import { scoreFromPages } from './score-from-tokens.ts';
import { generatedPages } from './testing/generated-pages.ts';
import { notesOfScore } from './testing/sounded-notes.ts';

let toolkit: VerovioToolkit;

beforeAll(async () => {
  toolkit = new VerovioToolkit(await createVerovioModule());
}, 60_000);

describe('MusicXML read by Verovio', () => {
  it('has the same notes, with their ids, pitches and onsets', () => {
    for (let seed = 0; seed < 6; seed++) {
      // Repeats are left out, since Verovio plays them; grace notes take their time from their neighbours there.
      const score = scoreFromPages(generatedPages(seed, { repeats: false, graces: false }));
      expect(toolkit.loadData(writeMusicXml(score))).toBeTruthy();
      toolkit.renderToMIDI();
      const onsets = new Map(
        toolkit.renderToTimemap().flatMap((entry) => {
          const [ids, onset] = [
            'on' in entry ? entry.on : [],
            'qstamp' in entry ? Number(entry.qstamp) : NaN,
          ];
          return Array.isArray(ids) ? ids.map((id): [string, number] => [String(id), onset]) : [];
        }),
      );
      const notes = notesOfScore(score);
      const read = notes.map(({ id }) => toolkit.getMIDIValuesForElement(id).pitch);
      expect(read).toEqual(notes.map(({ pitch }) => pitch));
      // The second of two tied notes does not start anything.
      const started = notes.filter(({ id }) => onsets.has(id));
      expect(started.length).toBeGreaterThan(0.6 * notes.length);
      for (const { id, onset } of started) expect(onsets.get(id)).toBeCloseTo(onset, 3);
    }
  }, 60_000);
});
