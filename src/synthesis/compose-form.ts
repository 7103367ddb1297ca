import { pickMetre } from './metre.ts';
import type { Bar, Metre } from './music.ts';
import type { Random } from './random.ts';

export type FormStyle = {
  bars: number;
  /** Chances per bar of a repeat's start, of a change of key, of metre, of a double bar line. */
  repeat: number;
  keyChange: number;
  metreChange: number;
  doubleBar: number;
  /** Chance of a rest over several bars, written as one sign. */
  multiRest: number;
  /** Chance of an unusual metre. */
  oddity: number;
  pickUp: boolean;
};

export type FormBar = { bar: Bar; ticks: number; rests: number };

const KEYS: [number, number][] = [
  [0, 10],
  [1, 10],
  [-1, 9],
  [2, 9],
  [-2, 7],
  [3, 7],
  [-3, 6],
  [4, 5],
  [-4, 4],
  [5, 2.5],
  [-5, 2.5],
  [6, 1.5],
  [-6, 1.5],
  [7, 1],
  [-7, 1],
];

export function pickKey(random: Random): number {
  return random.weighted(KEYS);
}

function pickRests(random: Random): number {
  return random.weighted<() => number>([
    [() => random.int(2, 8), 6],
    [() => random.int(9, 24), 2],
    [() => random.int(25, 99), 1],
  ])();
}

/** The frame of a piece: its bars with metres, keys, bar lines, repeats and endings, and no notes yet. */
export function composeForm(random: Random, style: FormStyle, nextId: () => string): FormBar[] {
  let metre: Metre = pickMetre(random, style.oddity);
  let key = pickKey(random);
  let inRepeat = random.chance(style.repeat * 3);
  const form: FormBar[] = [];
  const startsRepeated = inRepeat && random.chance(0.5);
  let sinceStart = 0;

  function addBar(right: Bar['right'], left: Bar['left'] = 'none', ending?: Bar['ending']): Bar {
    const bar: Bar = {
      id: nextId(),
      metre,
      key,
      newKey: false,
      newTime: false,
      left,
      right,
      ...(ending ? { ending } : {}),
      slurs: [],
      ties: [],
      distractions: [],
      staves: [],
    };
    form.push({ bar, ticks: metre.ticks, rests: 0 });
    return bar;
  }

  function addEndings(): void {
    for (const number of [1, 2] as const) {
      const count = random.weighted<number>([
        [1, 3],
        [2, 2],
      ]);
      for (let i = 0; i < count; i++) {
        const closes = i === count - 1;
        const right = !closes
          ? 'barline'
          : number === 1
            ? 'repeat-end'
            : random.pick(['barline', 'barline-double'] as const);
        addBar(right, 'none', { number, opens: i === 0, closes });
      }
    }
  }

  while (form.length < style.bars) {
    const first = form.length === 0;
    const previous = form.at(-1)?.bar;
    const free = !first && previous?.right !== 'repeat-end';
    const changesKey = free && !inRepeat && random.chance(style.keyChange);
    const changesMetre = free && !changesKey && random.chance(style.metreChange);
    const opens = first
      ? startsRepeated
      : !inRepeat && !changesKey && !changesMetre && random.chance(style.repeat);
    if (changesKey) {
      const before = key;
      while (key === before) key = pickKey(random);
      if (previous && previous.right === 'barline' && random.chance(0.7)) previous.right = 'barline-double';
    }
    if (changesMetre) {
      const before = metre.token;
      while (metre.token === before) metre = pickMetre(random, style.oddity);
    }
    if (opens) {
      inRepeat = true;
      sinceStart = 0;
    }
    // A repeat that opens takes the place of the bar line before it.
    if (opens && previous && previous.right !== 'repeat-end') previous.right = 'barline';
    if (inRepeat && sinceStart >= 3 && random.chance(0.25)) {
      inRepeat = false;
      if (random.chance(0.45)) addEndings();
      else addBar('repeat-end');
      continue;
    }
    sinceStart++;
    const bar = addBar(
      random.chance(style.doubleBar) ? 'barline-double' : 'barline',
      opens ? 'repeat-start' : 'none',
    );
    bar.newKey = changesKey;
    bar.newTime = changesMetre;
    const entry = form.at(-1);
    if (entry && !first && random.chance(style.multiRest)) entry.rests = pickRests(random);
  }
  finish(random, form, style, inRepeat);
  return form;
}

function finish(random: Random, form: FormBar[], style: FormStyle, inRepeat: boolean): void {
  const last = form.at(-1);
  if (last && last.bar.right !== 'repeat-end')
    last.bar.right = inRepeat
      ? 'repeat-end'
      : random.weighted([
          ['barline-final', 7],
          ['barline', 2],
          ['barline-double', 1],
        ] as const);
  const [first] = form;
  if (!first || !style.pickUp || first.bar.left !== 'none' || first.bar.metre.beats.length < 2) return;
  const beat = first.bar.metre.beats.at(-1) ?? 0;
  first.ticks = beat / random.pick([1, 1, 2]);
}
