import type { Bar } from './score.ts';

/** An ending (volta): its number, first and last bar. */
export interface Ending {
  number: number;
  first: number;
  last: number;
}

export function startsRepeat(bars: readonly Bar[], index: number): boolean {
  const opens = (name: string | undefined) => name === 'repeat-start' || name === 'repeat-both';
  return opens(bars[index]?.left) || opens(bars[index - 1]?.right);
}

export function endsRepeat(bars: readonly Bar[], index: number): boolean {
  const closes = (name: string | undefined) => name === 'repeat-end' || name === 'repeat-both';
  return closes(bars[index]?.right) || closes(bars[index + 1]?.left);
}

/**
 * The endings of a piece. One whose end was not seen runs to the bar line that repeats, or to the bar before the next ending;
 * a last one whose end was not seen has one bar.
 */
export function endingsOf(bars: readonly Bar[]): Ending[] {
  const starts = bars.flatMap(({ endingStart }, i) =>
    endingStart === undefined ? [] : [{ number: endingStart, first: i }],
  );
  return starts.map(({ number, first }, i) => {
    const limit = (starts[i + 1]?.first ?? bars.length) - 1;
    const within = Array.from({ length: limit - first + 1 }, (_, k) => first + k);
    const last =
      within.find((bar) => bars[bar]?.endingStop !== undefined) ??
      within.find((bar) => endsRepeat(bars, bar)) ??
      (starts[i + 1] ? limit : first);
    return { number, first, last };
  });
}

/**
 * Indices of the bars in the order of playing: repeats once more from where they start, the first ending left out the second time. A
 * repeat whose start was not printed goes back to the end of the repeat before it, or to the beginning; a first ending
 * before a second one repeats even if its repeat sign was not seen.
 */
export function playingOrder(bars: readonly Bar[]): number[] {
  const endings = endingsOf(bars);
  const goesBack = (index: number) =>
    endsRepeat(bars, index) ||
    endings.some(({ number, last }, i) => number === 1 && last === index && endings[i + 1]?.number === 2);
  const order: number[] = [];
  let start = 0;
  let again = false;
  let index = 0;
  const section = (from: number) => {
    start = from;
    again = false;
  };
  while (index < bars.length) {
    if (startsRepeat(bars, index) && index !== start) section(index);
    const ending = endings.findIndex(({ first }) => first === index);
    const [first, second] = [endings[ending], endings[ending + 1]];
    if (first?.number === 1 && again) {
      index = first.last + 1;
      if (second?.first !== index) section(index);
      continue;
    }
    order.push(index);
    if (goesBack(index) && !again) {
      again = true;
      index = start;
      continue;
    }
    index++;
    if (goesBack(index - 1) || endings.some(({ number, last }) => number > 1 && last === index - 1))
      section(index);
  }
  return order;
}
