/** Least number of insertions, deletions and replacements that turn `from` into `to` (Levenshtein). */
export function editDistance<T>(from: readonly T[], to: readonly T[]): number {
  let row = Uint32Array.from({ length: to.length + 1 }, (_, j) => j);
  from.forEach((item, i) => {
    const next = new Uint32Array(to.length + 1);
    next[0] = i + 1;
    to.forEach((other, j) => {
      const replaced = (row[j] ?? 0) + (item === other ? 0 : 1);
      next[j + 1] = Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    });
    row = next;
  });
  return row[to.length] ?? 0;
}

// An item is anything but undefined, which stands for no partner.
type Item = NonNullable<unknown> | null;

/** Two items that belong together, or one that has no partner. */
export interface Pair<A, B> {
  left?: A;
  right?: B;
}

/** What pairing two items costs, and what it costs to leave one without partner. */
export interface AlignmentCosts<A, B> {
  pair: (left: A, right: B) => number;
  left: (left: A) => number;
  right: (right: B) => number;
}

/** The cheapest way to pair two sequences in order; of equally cheap ones, the one that pairs most. */
export function align<A extends Item, B extends Item>(
  lefts: readonly A[],
  rights: readonly B[],
  costs: AlignmentCosts<A, B>,
): Pair<A, B>[] {
  const width = rights.length + 1;
  const cost = new Float64Array((lefts.length + 1) * width);
  const at = (i: number, j: number): number => cost[i * width + j] ?? 0;
  lefts.forEach((left, i) => {
    cost[(i + 1) * width] = at(i, 0) + costs.left(left);
  });
  rights.forEach((right, j) => {
    cost[j + 1] = at(0, j) + costs.right(right);
  });
  const leftCosts = lefts.map(costs.left);
  const rightCosts = rights.map(costs.right);
  lefts.forEach((left, i) => {
    rights.forEach((right, j) => {
      cost[(i + 1) * width + j + 1] = Math.min(
        at(i, j) + costs.pair(left, right),
        at(i, j + 1) + (leftCosts[i] ?? 0),
        at(i + 1, j) + (rightCosts[j] ?? 0),
      );
    });
  });

  const pairs: Pair<A, B>[] = [];
  let i = lefts.length;
  let j = rights.length;
  while (i > 0 || j > 0) {
    const left = lefts[i - 1];
    const right = rights[j - 1];
    const here = at(i, j);
    if (left !== undefined && right !== undefined && here === at(i - 1, j - 1) + costs.pair(left, right)) {
      pairs.push({ left, right });
      i--;
      j--;
    } else if (left !== undefined && here === at(i - 1, j) + (leftCosts[i - 1] ?? 0)) {
      pairs.push({ left });
      i--;
    } else {
      if (right !== undefined) pairs.push({ right });
      j--;
    }
  }
  return pairs.reverse();
}
