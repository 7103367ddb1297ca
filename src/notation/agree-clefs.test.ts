import { describe, expect, it } from 'vitest';
import { agreeClefs } from './agree-clefs.ts';
import { readLine } from './testing/read-line.ts';

const line = (clef: string, pitch: string) =>
  readLine(`${clef} keySignature-CM note-${pitch}_quarter barline clef-F4 note-C3_quarter barline`);

const said = (systems: ReturnType<typeof agreeClefs>) =>
  systems.map((lines) => lines.map((tokens) => tokens.map(({ rhythm, pitch }) => [rhythm, pitch])));

describe('the clefs of a part', () => {
  it('have one octave, and notes stay on their lines until the next clef', () => {
    const others = [[line('clef-G2', 'E4')], [line('clef-G2', 'E4')]];
    const agreed = agreeClefs([...others, [line('clef-G2-8va', 'E5')]]);
    expect(said(agreed)).toEqual(said([...others, [line('clef-G2', 'E4')]]));
  });

  it('are each part’s own, and may change to another clef', () => {
    const systems = [
      [line('clef-G2', 'E4'), line('clef-G2-8vb', 'E3')],
      [line('clef-G2', 'E4'), line('clef-G2-8vb', 'E3')],
      [line('clef-F4', 'C3'), line('clef-G2-8vb', 'E3')],
    ];
    expect(agreeClefs(systems)).toEqual(systems);
  });

  it('stay as they are where nothing begins with a clef', () => {
    const systems = [[readLine('note-C4_quarter barline')], [[]]];
    expect(agreeClefs(systems)).toEqual(systems);
  });
});
