import { type Comb, type CombRun, combRuns, findCombs } from './combs.ts';
import { type LinePeaks, linePeaks } from './line-peaks.ts';
import { median } from './numbers.ts';
import type { Strips } from './strips.ts';

/** A staff as followed from strip to strip. Rows and strips are those of the `Strips` it was found in. */
export type StaffTrack = {
  /** First and last strip in which the staff's lines were seen. */
  first: number;
  last: number;
  /** Strips in which at least three lines were seen. */
  seen: number;
  /** Row of the middle line and distance of the lines, one value per strip of the page, NaN outside the staff. */
  y: Float32Array;
  space: Float32Array;
  /** 1 for strips in which at least three lines were seen. */
  found: Uint8Array;
  /** Row of each of the five lines where seen, NaN elsewhere: `lines[strip * 5 + line]`. */
  lines: Float32Array;
};

/** How far back, in spaces, the course of the lines is remembered when it is predicted: short, to follow curl. */
const MEMORY = 3.5;

/** Finds all five-line staves of a page and follows them from end to end; in no particular order. */
export function findStaffTracks(strips: Strips): StaffTrack[] {
  const peaks = linePeaks(strips);
  const aspect = strips.stripWidth / strips.rowHeight;
  const tracks: StaffTrack[] = [];
  for (const run of combRuns(findCombs(peaks), aspect)) {
    if (tracks.some((track) => covers(track, run))) continue;
    const track = recentred(follow(run, peaks, strips, aspect), peaks);
    if (!tracks.some((other) => overlaps(other, track))) tracks.push(track);
  }
  return tracks;
}

function covers(track: StaffTrack, run: CombRun): boolean {
  const inside = run.combs.filter((comb) => {
    const y = track.y[comb.strip] as number;
    return Math.abs(y - comb.y) < 3 * (track.space[comb.strip] as number);
  });
  return inside.length * 2 >= run.combs.length;
}

function overlaps(a: StaffTrack, b: StaffTrack): boolean {
  let shared = 0;
  for (let t = b.first; t <= b.last; t++) {
    if (Math.abs((a.y[t] as number) - (b.y[t] as number)) < 3 * (a.space[t] as number)) shared++;
  }
  return shared * 3 > b.last - b.first + 1;
}

/** What the course of the lines is predicted to be, or was seen to be: middle line, space, darkness of the lines. */
type Place = { y: number; space: number; height: number };

/** A place seen in strip `t`; sightings of all five lines weigh most. */
type Sighting = Place & { t: number; weight: number };

/** Follows a staff from the middle of a run of clear combs to both of its ends. */
function follow(run: CombRun, peaks: LinePeaks, strips: Strips, aspect: number): StaffTrack {
  const nan = (n: number) => new Float32Array(n).fill(Number.NaN);
  const track: StaffTrack = {
    first: (run.combs[0] as Comb).strip,
    last: (run.combs[run.combs.length - 1] as Comb).strip,
    seen: 0,
    y: nan(strips.count),
    space: nan(strips.count),
    found: new Uint8Array(strips.count),
    lines: nan(strips.count * 5),
  };
  const sightings = run.combs.map((c) => ({
    t: c.strip,
    y: c.y,
    space: c.space,
    height: c.height,
    weight: 1,
  }));
  for (let t = track.first; t <= track.last; t++) {
    sight(track, t, predict(sightings, t, run.slope, aspect), peaks);
  }
  for (const direction of [1, -1] as const) {
    extend(
      track,
      direction === 1 ? sightings : [...sightings].reverse(),
      direction,
      run.slope,
      peaks,
      strips,
      aspect,
    );
  }
  return track;
}

/**
 * A track that was caught one line too high or too low, on ledger lines or on blanks, put right: told by a sixth line
 * that is seen more often than the outermost of the five on the other side.
 */
function recentred(track: StaffTrack, peaks: LinePeaks): StaffTrack {
  const seen = [-3, -2, 2, 3].map((line) => {
    let count = 0;
    for (let t = track.first; t <= track.last; t++) {
      const space = track.space[t] as number;
      const y = (track.y[t] as number) + line * space;
      const i = nearest(peaks, t, y);
      if (i >= 0 && Math.abs((peaks.y[i] as number) - y) < 0.2 * space) count++;
    }
    return count;
  });
  const [above = 0, top = 0, bottom = 0, below = 0] = seen;
  const shift = above > 1.2 * bottom ? -1 : below > 1.2 * top ? 1 : 0;
  if (shift === 0) return track;
  const moved: StaffTrack = {
    ...track,
    seen: 0,
    found: track.found.slice().fill(0),
    lines: track.lines.slice().fill(Number.NaN),
  };
  for (let t = track.first; t <= track.last; t++) {
    const space = track.space[t] as number;
    sight(moved, t, { y: (track.y[t] as number) + shift * space, space, height: 0 }, peaks);
  }
  return moved;
}

function extend(
  track: StaffTrack,
  seed: Sighting[],
  direction: 1 | -1,
  slope: number,
  peaks: LinePeaks,
  strips: Strips,
  aspect: number,
): void {
  const recent = seed.slice(-60);
  let blank = 0;
  let unseen = 0;
  for (
    let t = direction === 1 ? track.last + 1 : track.first - 1;
    t >= 0 && t < strips.count;
    t += direction
  ) {
    const expected = predict(recent, t, slope, aspect);
    const { space } = expected;
    const seen = sight(track, t, expected, peaks);
    if (seen) {
      recent.push(seen);
      if (recent.length > 60) recent.shift();
      blank = 0;
      unseen = 0;
      if (direction === 1) track.last = t;
      else track.first = t;
      continue;
    }
    unseen += aspect / space;
    blank = isBlank(strips, t, expected) ? blank + aspect / space : 0;
    if (blank > 2 || unseen > 14) break;
  }
  // What was predicted beyond the last sighting is no part of the staff.
  for (let t = 0; t < strips.count; t++) {
    if (direction === 1 ? t > track.last : t < track.first) {
      track.y[t] = Number.NaN;
      track.space[t] = Number.NaN;
      track.lines.fill(Number.NaN, t * 5, t * 5 + 5);
    }
  }
}

/** Row and space of the staff at strip `t`: a straight line through what was seen last, nearer strips weighing more. */
function predict(sightings: Sighting[], t: number, slope: number, aspect: number): Place {
  let w0 = 0;
  let wx = 0;
  let wy = 0;
  let wxx = 0;
  let wxy = 0;
  let ws = 0;
  let wh = 0;
  for (const s of sightings) {
    const x = (s.t - t) * aspect;
    const w = s.weight * Math.exp(-Math.abs(x) / (MEMORY * s.space));
    w0 += w;
    wx += w * x;
    wy += w * s.y;
    wxx += w * x * x;
    wxy += w * x * s.y;
    ws += w * s.space;
    wh += w * s.height;
  }
  const space = ws / w0;
  const meanX = wx / w0;
  const meanY = wy / w0;
  // A pull towards the slope known so far keeps a few sightings in a row from steering off.
  const pull = w0 * space * space;
  const fitted = (wxy - w0 * meanX * meanY + pull * slope) / (wxx - w0 * meanX * meanX + pull);
  return { y: meanY - fitted * meanX, space, height: wh / w0 };
}

/** Looks for the five lines about where they are predicted; notes them, and returns the staff's place if seen. */
function sight(
  track: StaffTrack,
  t: number,
  { y, space, height }: Place,
  peaks: LinePeaks,
): Sighting | undefined {
  track.y[t] = y;
  track.space[t] = space;
  const reach = 0.25 * space + 0.3;
  const found: { line: number; offset: number; height: number }[] = [];
  for (let line = 0; line < 5; line++) {
    const expected = y + (line - 2) * space;
    const i = nearest(peaks, t, expected);
    if (i < 0 || (peaks.height[i] as number) < 0.4 * height) continue;
    const offset = (peaks.y[i] as number) - expected;
    if (Math.abs(offset) > reach || (peaks.width[i] as number) > 0.5 * space + 0.5) continue;
    found.push({ line, offset, height: peaks.height[i] as number });
  }
  if (found.length < 3) return undefined;
  const middle = median(found.map((f) => f.offset));
  const kept = found.filter((f) => Math.abs(f.offset - middle) <= 0.12 * space + 0.3);
  if (kept.length < 3) return undefined;
  const mean = kept.reduce((sum, f) => sum + f.offset, 0) / kept.length;
  const meanLine = kept.reduce((sum, f) => sum + f.line, 0) / kept.length;
  let stretch = 0;
  let spread = 2;
  for (const f of kept) {
    stretch += (f.line - meanLine) * (f.offset - mean);
    spread += (f.line - meanLine) ** 2;
  }
  const grown = space + stretch / spread;
  track.space[t] = grown;
  track.y[t] = y + mean - (meanLine - 2) * (grown - space);
  track.seen++;
  track.found[t] = 1;
  for (const f of kept) track.lines[t * 5 + f.line] = y + (f.line - 2) * space + f.offset;
  return {
    t,
    y: track.y[t] as number,
    space: grown,
    height: Math.min(1.5 * height, median(kept.map((f) => f.height))),
    weight: (kept.length / 5) ** 2,
  };
}

/** Whether nothing dark stands where the lines should be. */
function isBlank(strips: Strips, t: number, { y, space, height }: Place): boolean {
  let dark = 0;
  const reach = 0.25 * space;
  for (let line = 0; line < 5; line++) {
    const middle = y + (line - 2) * space;
    let most = 0;
    for (let row = Math.floor(middle - reach); row <= middle + reach; row++) {
      if (row >= 0 && row < strips.rows) most = Math.max(most, strips.dark[t * strips.rows + row] as number);
    }
    if (most > 0.35 * height) dark++;
  }
  return dark < 3;
}

function nearest(peaks: LinePeaks, t: number, y: number): number {
  let low = peaks.start[t] as number;
  const end = peaks.start[t + 1] as number;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((peaks.y[middle] as number) < y) low = middle + 1;
    else high = middle;
  }
  const start = peaks.start[t] as number;
  if (low > start && (low === end || y - (peaks.y[low - 1] as number) < (peaks.y[low] as number) - y))
    return low - 1;
  return low < end ? low : -1;
}
