import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../controls.ts';
import { editsOf, editText } from './edits.ts';

const ADS = [4132, 77, 5];

describe('a visitor’s changes in the address', () => {
  it('come back as they were', () => {
    const changes = [
      { field: 'bid', candidate: 1, value: 12.5 },
      { field: 'bait', candidate: 2, value: -1.25 },
      { field: 'domain', candidate: 0, value: 2 },
    ] as const;
    const text = editText(changes, ADS);
    expect(text).toBe('bid:77:12.5~bait:5:-1.25~domain::2');
    expect(CONTROLS.edit.read(text)).toBe(text);
    expect(editsOf(text, ADS)).toEqual(changes);
  });

  it('are passed over where they do not fit the request', () => {
    expect(editsOf('', ADS)).toEqual([]);
    expect(editsOf('bid:9999:1~colour:77:1~bid:77:~bid:5:2', ADS)).toEqual([
      { field: 'bid', candidate: 2, value: 2 },
    ]);
  });
});
