/**
 * The data augmentation service: joins the examples of all students by id, has the foundation model score each of them
 * once, and hands the score to every student whose rows hold it.
 */

/** A student's rows of one day: the ids of its examples, each at most once. */
export interface StudentRows {
  readonly student: string;
  readonly ids: ArrayLike<number>;
}

export interface Join {
  /** Distinct ids in order of first occurrence. */
  readonly ids: Uint32Array;
  /** For each student, the place of each of its rows among the distinct ids. */
  readonly places: ReadonlyMap<string, Int32Array>;
  readonly ledger: Ledger;
}

export interface Ledger {
  readonly students: readonly LedgerEntry[];
  /** Rows of all students together, one by one: the calls that students would make by themselves. */
  readonly rows: number;
  /** Distinct examples: the calls that the service makes. */
  readonly calls: number;
  readonly saved: number;
}

export interface LedgerEntry {
  readonly student: string;
  readonly rows: number;
  /** Rows that at least one other student holds too. */
  readonly shared: number;
}

export function joinExamples(students: readonly StudentRows[]): Join {
  const placeOf = new Map<number, number>();
  const holders: number[] = [];
  const places = new Map<string, Int32Array>();
  for (const { student, ids } of students) {
    const own = new Int32Array(ids.length);
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row] ?? 0;
      let place = placeOf.get(id);
      if (place === undefined) {
        place = placeOf.size;
        placeOf.set(id, place);
        holders.push(0);
      }
      holders[place] = (holders[place] ?? 0) + 1;
      own[row] = place;
    }
    places.set(student, own);
  }
  const entries = students.map(({ student, ids }) => ({
    student,
    rows: ids.length,
    shared: places.get(student)?.reduce((sum, place) => sum + ((holders[place] ?? 0) > 1 ? 1 : 0), 0) ?? 0,
  }));
  const rows = entries.reduce((sum, entry) => sum + entry.rows, 0);
  const calls = placeOf.size;
  return {
    ids: Uint32Array.from(placeOf.keys()),
    places,
    ledger: { students: entries, rows, calls, saved: rows - calls },
  };
}

/** Scores, once each, the distinct examples that any of the named students holds; NaN stands for all others. */
export async function scoreOnce(
  { ids, places }: Join,
  students: readonly string[],
  score: (ids: Uint32Array) => Promise<Float32Array>,
): Promise<Float32Array> {
  const wanted = [...new Set(students.flatMap((student) => [...(places.get(student) ?? [])]))];
  const scored = await score(Uint32Array.from(wanted, (place) => ids[place] ?? 0));
  const scores = new Float32Array(ids.length).fill(Number.NaN);
  wanted.forEach((place, i) => {
    scores[place] = scored[i] ?? Number.NaN;
  });
  return scores;
}

/** A student's scores, row by row, from those of the distinct examples. */
export function scoresFor(join: Join, student: string, scores: ArrayLike<number>): Float32Array {
  const places = join.places.get(student);
  if (!places) throw new RangeError(`No rows of ${student} were joined.`);
  return Float32Array.from(places, (place) => scores[place] ?? Number.NaN);
}
