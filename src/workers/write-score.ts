import type { SystemReading } from '../inference/tromr/reading.ts';
import { writeMidi } from '../notation/midi.ts';
import { writeMusicXml, writeMxl } from '../notation/musicxml.ts';
import { scoreFromPage } from '../notation/score-from-tokens.ts';
import { writeSemantic } from '../notation/semantic.ts';
import type { ScoreFormat } from './protocol.ts';

/** What a reading is written from: tokens alone. */
function tokensOf(systems: readonly SystemReading[]) {
  return systems.map(({ staves, braces }) => ({ staves: staves.map(({ tokens }) => tokens), braces }));
}

/** A reading as MusicXML; its notes bear ids that tell the tokens that they come from. */
export function musicXmlOf(systems: readonly SystemReading[], title = ''): string {
  return writeMusicXml(scoreFromPage(tokensOf(systems)), title ? { title } : {});
}

/** A reading as a file of one of the formats. */
export function writeScore(systems: readonly SystemReading[], format: ScoreFormat, title: string): Blob {
  switch (format) {
    case 'musicxml':
      return new Blob([musicXmlOf(systems, title)], { type: 'application/vnd.recordare.musicxml+xml' });
    case 'mxl': {
      const bytes = writeMxl(scoreFromPage(tokensOf(systems)), { title });
      return new Blob([new Uint8Array(bytes)], { type: 'application/vnd.recordare.musicxml' });
    }
    case 'mid': {
      const bytes = writeMidi(scoreFromPage(tokensOf(systems)), { title });
      return new Blob([new Uint8Array(bytes)], { type: 'audio/midi' });
    }
    case 'semantic': {
      const tokens = tokensOf(systems).map(({ staves }) => staves);
      const lines = writeSemantic(
        tokens.flat(),
        tokens.map((staves) => staves.length),
      );
      return new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' });
    }
  }
}
