import type { SystemReading } from '../inference/tromr/reading.ts';
import { writeMidi } from '../notation/midi.ts';
import { writeMusicXml, writeMxl } from '../notation/musicxml.ts';
import { scoreFromPages } from '../notation/score-from-tokens.ts';
import { writeSemantic } from '../notation/semantic.ts';
import type { ScoreFormat } from './protocol.ts';

type Pages = readonly (readonly SystemReading[])[];

/** What pages are written from: tokens alone. */
function tokensOf(pages: Pages) {
  return pages.map((systems) =>
    systems.map(({ staves, braces }) => ({ staves: staves.map(({ tokens }) => tokens), braces })),
  );
}

/** Pages of a piece as MusicXML; its notes bear ids that tell the tokens that they come from. */
export function musicXmlOf(pages: Pages, title = ''): string {
  return writeMusicXml(scoreFromPages(tokensOf(pages)), title ? { title } : {});
}

/** Pages of a piece as a file of one of the formats. */
export function writeScore(pages: Pages, format: ScoreFormat, title: string): Blob {
  switch (format) {
    case 'musicxml':
      return new Blob([musicXmlOf(pages, title)], { type: 'application/vnd.recordare.musicxml+xml' });
    case 'mxl': {
      const bytes = writeMxl(scoreFromPages(tokensOf(pages)), { title });
      return new Blob([new Uint8Array(bytes)], { type: 'application/vnd.recordare.musicxml' });
    }
    case 'mid': {
      const bytes = writeMidi(scoreFromPages(tokensOf(pages)), { title });
      return new Blob([new Uint8Array(bytes)], { type: 'audio/midi' });
    }
    case 'semantic': {
      const tokens = tokensOf(pages).flatMap((systems) => systems.map(({ staves }) => staves));
      const lines = writeSemantic(
        tokens.flat(),
        tokens.map((staves) => staves.length),
      );
      return new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' });
    }
  }
}
