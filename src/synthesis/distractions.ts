import { type Bar, eventId, type Note } from './music.ts';
import type { Random } from './random.ts';
import type { StyleName } from './styles.ts';
import * as words from './words.ts';

const DYNAMICS = ['p', 'pp', 'mp', 'mf', 'f', 'ff', 'sf', 'sfz', 'fp', 'ppp', 'fff', 'f', 'p', 'mf'];

/** How densely a staff is strewn with signs that no token tells of: chances per bar. */
type Density = {
  dynamics: number;
  hairpins: number;
  chords: number;
  words: number;
  fingers: number;
  pedal: number;
};

function densityOf(random: Random, style: StyleName, top: boolean): Density {
  const busy = random.weighted([
    [0, 3],
    [1, 2],
    [2, 1],
  ]);
  return {
    dynamics: 0.08 * busy,
    hairpins: 0.06 * busy,
    chords: top && style !== 'choir' && random.chance(0.15) ? 0.7 : 0,
    words: 0.03 * busy,
    fingers: style !== 'vocal' && random.chance(0.12) ? random.range(0.05, 0.4) : 0,
    pedal: style === 'left-hand' && random.chance(0.2) ? 0.4 : 0,
  };
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function notesOf(bar: Bar, staff: number): Note[] {
  const content = bar.staves[staff];
  return content && 'voices' in content
    ? (content.voices[0]?.events.filter((e) => e.kind === 'note') ?? [])
    : [];
}

/** Strews dynamics, hairpins, chord symbols, words, fingerings and pedal signs over the bars. Changes them in place. */
export function addDistractions(random: Random, bars: readonly Bar[], styles: readonly StyleName[]): void {
  styles.forEach((style, staff) => {
    const density = densityOf(random, style, staff === 0);
    const n = staff + 1;
    const place = style === 'vocal' ? 'above' : 'below';
    for (const bar of bars) {
      const beat = () => random.int(1, 3);
      const add = (mei: string) => bar.distractions.push(mei);
      if (random.chance(density.dynamics))
        add(`<dynam staff="${n}" tstamp="${beat()}" place="${place}">${random.pick(DYNAMICS)}</dynam>`);
      if (random.chance(density.hairpins))
        add(
          `<hairpin staff="${n}" form="${random.pick(['cres', 'dim'])}" tstamp="1" tstamp2="${random.int(0, 1)}m+${random.int(2, 3)}" place="${place}"/>`,
        );
      if (random.chance(density.chords))
        add(`<harm staff="${n}" tstamp="1" place="above">${words.chordSymbol(random)}</harm>`);
      if (random.chance(density.words))
        add(
          `<dir staff="${n}" tstamp="${beat()}" place="${random.pick(['above', 'below'])}">${escapeText(words.direction(random))}</dir>`,
        );
      if (random.chance(density.pedal))
        add(`<pedal staff="${n}" tstamp="1" dir="down"/><pedal staff="${n}" tstamp="3" dir="up"/>`);
      for (const note of notesOf(bar, staff)) {
        if (random.chance(density.fingers))
          add(`<fing startid="#${eventId(note)}" staff="${n}" place="above">${random.int(1, 5)}</fing>`);
      }
    }
  });
  const [first] = bars;
  if (first && random.chance(0.5))
    first.distractions.push(`<tempo staff="1" tstamp="1" place="above">${words.tempo(random)}</tempo>`);
}
