/** The item at an index that is known to exist. @throws RangeError if it does not. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return item;
}

export function pair<T>(list: readonly T[]): [T, T] {
  return [at(list, 0), at(list, 1)];
}

export function triple<T>(list: readonly T[]): [T, T, T] {
  return [at(list, 0), at(list, 1), at(list, 2)];
}
