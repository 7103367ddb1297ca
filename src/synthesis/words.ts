import type { Random } from './random.ts';

const WORDS =
  'the and when my love-ly moon-light morn-ing gar-den riv-er of a gen-tle win-ter sum-mer ev-er nev-er heart star sing fall-ing home-ward O come, now sleep, lit-tle bird, that wan-ders far a-way; light is gone to-geth-er we re-joice. ich lie-be dich, mein Herz, die Nacht ist still und klar Him-mel Wal-des-ruh schö-ne Blu-me le jour se lè-ve dou-ce-ment a-mour toi-sel-le bel-la no-tte, can-ta la mia vo-ce do-lo-re lu-na se-re-na Ky-ri-e e-le-i-son. Al-le-lu-ia! A-men'
    .split(' ')
    .map((word) => word.split('-'));

/** Syllables of random words without end; `hyphen` says that the word goes on. */
export function syllables(random: Random): () => { text: string; hyphen: boolean } {
  let rest: string[] = [];
  return () => {
    if (rest.length === 0) rest = [...random.pick(WORDS)];
    const text = rest.shift() ?? '';
    return { text, hyphen: rest.length > 0 };
  };
}

const TITLES =
  'Morning Song|The River|Abendlied|Menuet|Gavotte|Old Air|Exercise in Thirds|March|Waltz|Lullaby|Chanson|Allegretto|Study No. 4|The Lark|Frühling|Barcarolle|Jig|Reel|Hymn|Sonatine|Air varié|Canzonetta'.split(
    '|',
  );
const TEMPI =
  'Andante|Allegro|Moderato|Adagio|Allegretto|Vivace|Largo|Presto|Andante con moto|Lento|Tempo di Valse|Maestoso|Langsam|Lebhaft|Con spirito|Slowly|Not too fast|Cantabile'.split(
    '|',
  );
const DIRECTIONS =
  'dolce|legato|rit.|a tempo|poco rit.|espressivo|cresc.|dim.|simile|leggiero|cantabile|pizz.|arco|con sord.|sempre|Fine|D.C. al Fine|dolce ed espressivo|sotto voce|ten.'.split(
    '|',
  );
const CHORDS = 'C|Dm|Em|F|G7|Am|Bb|Eb|D|A7|F#m|Gm|C7|Bm7|Cmaj7|G/B|D7sus4|Ab|Fm6|Bdim'.split('|');
const PARTS =
  'Voice|Piano|Violin|Flute|Oboe|Cello|Soprano|Alto|Tenor|Bass|Vl. I|Vla.|Pno.|S.|T.|Clarinet in B flat'.split(
    '|',
  );

export const title = (random: Random) => random.pick(TITLES);
export const tempo = (random: Random) => random.pick(TEMPI);
export const direction = (random: Random) => random.pick(DIRECTIONS);
export const chordSymbol = (random: Random) => random.pick(CHORDS);
export const partName = (random: Random) => random.pick(PARTS);
const COMPOSERS =
  'Trad.|Anon.|Words and music by A. Miller|arr. J. Weber|F. Lind, op. 12|nach einer alten Weise|C. Duval (1823–1890)'.split(
    '|',
  );
export const composer = (random: Random) => random.pick(COMPOSERS);
