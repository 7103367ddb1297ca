import type { SystemReading } from '../inference/tromr/reading.ts';
import { writeMidi } from '../notation/midi.ts';
import { writeMusicXml, writeMxl } from '../notation/musicxml.ts';
import type { Score } from '../notation/score.ts';
import { scoreFromPages } from '../notation/score-from-tokens.ts';
import { pagesFromScore } from '../notation/score-to-tokens.ts';
import { writeSemantic } from '../notation/semantic.ts';
import { transposeScore } from '../notation/transpose.ts';
import type { Arrangement, ScoreFormat } from './protocol.ts';

type Pages = readonly (readonly SystemReading[])[];

/** What pages are written from: tokens alone. */
function tokensOf(pages: Pages) {
  return pages.map((systems) =>
    systems.map(({ staves, braces }) => ({ staves: staves.map(({ tokens }) => tokens), braces })),
  );
}

function scoreOf(pages: Pages, transpose: number): Score {
  return transposeScore(scoreFromPages(tokensOf(pages)), transpose);
}

/** Pages of a piece, moved by semitones, as MusicXML; its notes bear ids that tell the tokens that they come from. */
export function musicXmlOf(pages: Pages, transpose: number): string {
  return writeMusicXml(scoreOf(pages, transpose));
}

/** Pages of a piece as a file of one of the formats. */
export function writeScore(
  pages: Pages,
  format: ScoreFormat,
  title: string,
  { transpose, tempo }: Arrangement,
): Blob {
  switch (format) {
    case 'musicxml': {
      const text = writeMusicXml(scoreOf(pages, transpose), { title });
      return new Blob([text], { type: 'application/vnd.recordare.musicxml+xml' });
    }
    case 'mxl': {
      const bytes = writeMxl(scoreOf(pages, transpose), { title });
      return new Blob([new Uint8Array(bytes)], { type: 'application/vnd.recordare.musicxml' });
    }
    case 'mid': {
      const bytes = writeMidi(scoreOf(pages, transpose), { title, ...(tempo === null ? {} : { tempo }) });
      return new Blob([new Uint8Array(bytes)], { type: 'audio/midi' });
    }
    case 'semantic':
      return new Blob([`${semanticOf(pages, transpose).join('\n')}\n`], { type: 'text/plain' });
  }
}

/** What was read is written as it was read; only a transposed piece is spelt anew from its score. */
function semanticOf(pages: Pages, transpose: number): string[] {
  const systems =
    transpose === 0
      ? tokensOf(pages).flatMap((page) => page.map(({ staves }) => staves))
      : pagesFromScore(scoreOf(pages, transpose)).flat();
  return writeSemantic(
    systems.flat(),
    systems.map((staves) => staves.length),
  );
}
