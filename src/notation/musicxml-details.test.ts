import { describe, expect, it } from 'vitest';
import { writeMusicXml } from './musicxml.ts';
import { scoreFromPage, scoreFromPages } from './score-from-tokens.ts';
import { readSemantic } from './semantic.ts';
import { CHORD, plainToken, type Token } from './token.ts';

const sign = plainToken;

function note(pitch: string, value = 'quarter', more: Partial<Token> = {}): Token {
  return { ...plainToken(`note-${value}`), pitch, lift: 'none', ...more };
}

/** The document without white space between elements. */
function written(...tokens: Token[]): string {
  return compact(writeMusicXml(scoreFromPage([{ staves: [tokens], braces: [] }])));
}

function compact(xml: string): string {
  return xml.replace(/>\s+</g, '><');
}

function count(xml: string, part: string): number {
  return xml.split(part).length - 1;
}

describe('a MusicXML document', () => {
  it('writes sounding alteration and printed accidental apart', () => {
    const xml = written(
      sign('clef-G2'),
      sign('keySignature-DM'),
      note('F5'),
      note('F5', 'quarter', { lift: 'N' }),
      note('F5', 'half'),
    );
    expect(count(xml, '<alter>1</alter>')).toBe(1);
    expect(count(xml, '<accidental>natural</accidental>')).toBe(1);
    expect(xml).toContain('<fifths>2</fifths>');
  });

  it('ties by sound and by sight', () => {
    const xml = written(
      sign('clef-G2'),
      note('C5', 'half', { tie: 'tie' }),
      note('C5', 'half'),
      sign('barline'),
      note('E5', 'whole', { tie: 'tie' }),
    );
    expect(xml).toContain('<tie type="start"/><voice>1</voice>');
    expect(xml).toContain('<notations><tied type="start"/></notations>');
    expect(xml).toContain('<tie type="stop"/><voice>1</voice>');
    // A tie into nothing must not be left open: programs complain about it, or tie to whatever comes.
    expect(count(xml, '<tie type="start"/>')).toBe(1);
    expect(count(xml, '<tied type="start"/>')).toBe(1);
  });

  it('writes tuplets with their ratio and bracket', () => {
    const xml = written(
      sign('clef-G2'),
      ...['C5', 'D5', 'E5'].map((pitch) => note(pitch, 'eighth', { tuplet: '3:2' })),
    );
    expect(
      count(
        xml,
        '<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification>',
      ),
    ).toBe(3);
    expect(count(xml, '<tuplet type="start" number="1"/>')).toBe(1);
    expect(count(xml, '<tuplet type="stop" number="1"/>')).toBe(1);
    expect(xml).toContain('<divisions>3</divisions>');
  });

  it('writes grace notes before theirs, slashed or not, and beams a pair of them', () => {
    const grace = (pitch: string, rhythm: string) => ({ ...note(pitch), rhythm });
    const xml = written(
      sign('clef-G2'),
      grace('B4', 'gracenote-eighth-slashed'),
      note('C5', 'half'),
      grace('B4', 'gracenote-sixteenth'),
      grace('A4', 'gracenote-sixteenth'),
      note('C5', 'half'),
    );
    expect(xml).toContain('<grace slash="yes"/><pitch><step>B</step>');
    expect(count(xml, '<grace/>')).toBe(2);
    expect(xml).toContain('<beam number="1">begin</beam><beam number="2">begin</beam>');
  });

  it('writes repeats and endings at the bars that they belong to', () => {
    const xml = written(
      sign('clef-G2'),
      sign('timeSignature-2/4'),
      sign('repeat-start'),
      note('C5', 'half'),
      sign('barline'),
      sign('ending-1-start'),
      note('D5', 'half'),
      sign('ending-1-stop'),
      sign('repeat-end'),
      sign('ending-2-start'),
      note('E5', 'half'),
      sign('ending-2-stop'),
      sign('barline-final'),
    );
    expect(xml).toContain(
      '<barline location="left"><bar-style>heavy-light</bar-style><repeat direction="forward"/></barline>',
    );
    expect(xml).toContain(
      '<barline location="left"><bar-style>regular</bar-style><ending number="1" type="start"/></barline>',
    );
    expect(xml).toContain(
      '<barline location="right"><bar-style>light-heavy</bar-style><ending number="1" type="stop"/><repeat direction="backward"/></barline>',
    );
    expect(xml).toContain(
      '<barline location="right"><bar-style>light-heavy</bar-style><ending number="2" type="stop"/></barline>',
    );
  });

  it('parts a double repeat between two bars', () => {
    const xml = written(
      sign('clef-G2'),
      note('C5', 'whole'),
      sign('repeat-both'),
      note('C5', 'whole'),
      sign('repeat-end'),
    );
    expect(count(xml, '<repeat direction="backward"/>')).toBe(2);
    expect(count(xml, '<repeat direction="forward"/>')).toBe(1);
  });

  it('writes a multi-bar rest as bars', () => {
    const xml = written(
      sign('clef-G2'),
      sign('timeSignature-3/4'),
      sign('multirest-3'),
      sign('barline'),
      note('C5', 'half.'),
      sign('barline-final'),
    );
    expect(xml).toContain('<measure-style><multiple-rest>3</multiple-rest></measure-style>');
    expect(count(xml, '<rest measure="yes"/>')).toBe(3);
    expect([...xml.matchAll(/<measure number="(\d+)"/g)].map(([, number]) => number)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    const ids = [...xml.matchAll(/<note id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('numbers a pick-up 0 and does not count the second half of a split bar', () => {
    const line = 'clef-G2 timeSignature-2/4 note-C5_quarter barline note-C5_half barline note-C5_quarter';
    const next = 'clef-G2 note-C5_quarter barline note-C5_quarter barline';
    const xml = compact(
      writeMusicXml(
        scoreFromPage([line, next].map((text) => ({ staves: [readSemantic(text)], braces: [] }))),
      ),
    );
    expect(
      [...xml.matchAll(/<measure number="(\w+)"( implicit="yes")?/g)].map(
        ([, number, implicit]) => `${number}${implicit ? '*' : ''}`,
      ),
    ).toEqual(['0*', '1', '2', 'X2*', '3']);
    expect(xml).toContain('<bar-style>none</bar-style>');
    expect(xml).toContain('<print new-system="yes"/>');
  });

  it('begins pages where pages begin', () => {
    const page = [{ staves: [readSemantic('clef-G2 note-C5_whole barline')], braces: [] }];
    expect(compact(writeMusicXml(scoreFromPages([page, page])))).toContain('<print new-page="yes"/>');
  });

  it('writes clefs with their octave, within bars, and percussion without pitch', () => {
    const xml = written(
      sign('clef-G2-8vb'),
      note('C4', 'half'),
      sign('clef-F4'),
      note('C3', 'half'),
      sign('barline'),
    );
    expect(xml).toContain(
      '<clef><sign>G</sign><line>2</line><clef-octave-change>-1</clef-octave-change></clef>',
    );
    expect(xml).toMatch(
      /<\/note><attributes><clef><sign>F<\/sign><line>4<\/line><\/clef><\/attributes><note/,
    );
    const drums = written(sign('clef-percussion'), note('C5', 'whole'));
    expect(drums).toContain('<clef><sign>percussion</sign></clef>');
    expect(drums).toContain(
      '<unpitched><display-step>C</display-step><display-octave>5</display-octave></unpitched>',
    );
  });

  it('numbers voices by staff, with stems where there are two', () => {
    const upper = [sign('clef-G2'), note('C4', 'whole', { voice: '2' }), CHORD, note('C5', 'whole')];
    const lower = [sign('clef-F4'), note('C3', 'whole')];
    const xml = compact(writeMusicXml(scoreFromPage([{ staves: [upper, lower], braces: [[0, 1]] }])));
    expect(
      [...xml.matchAll(/<voice>(\d)<\/voice><type>whole<\/type>(?:<stem>(\w+)<\/stem>)?<staff>(\d)/g)].map(
        (m) => m.slice(1).join(' '),
      ),
    ).toEqual(['1 up 1', '2 down 1', '5  2']);
    expect(count(xml, '<backup><duration>4</duration></backup>')).toBe(2);
    expect(xml).toContain('<staves>2</staves>');
  });

  it('hides a metre that it inferred, and shows a printed one once', () => {
    expect(
      written(sign('clef-G2'), note('C5', 'half'), sign('barline'), note('C5', 'half'), sign('barline')),
    ).toContain('<time print-object="no"><beats>2</beats>');
    const line = (text: string) => ({ staves: [readSemantic(text)], braces: [] });
    const twice = compact(
      writeMusicXml(
        scoreFromPage([
          line('clef-G2 timeSignature-C note-C5_whole barline'),
          line('clef-G2 timeSignature-C note-C5_whole barline'),
        ]),
      ),
    );
    expect(count(twice, '<time symbol="common">')).toBe(1);
  });

  it('writes marks once for a chord, in their groups', () => {
    const chord = [
      note('C5', 'whole', { mark: 'staccato+accent' }),
      CHORD,
      note('E5', 'whole', { mark: 'fermata' }),
    ];
    expect(written(sign('clef-G2'), ...chord)).toContain(
      '<notations><articulations><staccato/><accent/></articulations><fermata/></notations>',
    );
    expect(written(sign('clef-G2'), note('C5', 'whole', { mark: 'trill' }))).toContain(
      '<ornaments><trill-mark/></ornaments>',
    );
  });

  it('keeps bars that do not add up as they are', () => {
    const xml = written(
      sign('clef-G2'),
      sign('timeSignature-2/4'),
      ...Array.from({ length: 3 }, () => note('C5')),
      sign('barline'),
      note('C5', 'half'),
      sign('barline'),
    );
    expect(count(xml, '<note ')).toBe(4);
    expect(count(xml, '<duration>1</duration>')).toBe(3);
  });
});
