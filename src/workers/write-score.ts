import type { SystemReading } from '../inference/tromr/reading.ts';
import { writeSemantic } from '../notation/semantic.ts';
import type { ScoreFormat } from './protocol.ts';

/** A reading as a file of one of the formats. */
export function writeScore(systems: readonly SystemReading[], format: ScoreFormat, _title: string): Blob {
  if (format === 'semantic') {
    const staves = systems.flatMap((system) => system.staves.map(({ tokens }) => tokens));
    const sizes = systems.map((system) => system.staves.length);
    return new Blob([`${writeSemantic(staves, sizes).join('\n')}\n`], { type: 'text/plain' });
  }
  throw new Error(`not yet: ${format}`);
}
