import { LOOK_FIELD_NAMES, LOOK_FIELDS, type LookChange } from '../../../inference/ranking/look.ts';

/**
 * A visitor's changes in few letters, for the address: `bid:4132:12.5~domain::1`. Candidates are named by their ads;
 * a field of the request has none.
 */
export function editText(changes: readonly LookChange[], ads: readonly number[]): string {
  return changes
    .map(({ field, candidate, value }) => {
      const ad = LOOK_FIELDS[field].scope === 'request' ? '' : (ads[candidate] ?? '');
      return `${field}:${ad}:${Number(value.toPrecision(6))}`;
    })
    .join('~');
}

/** The changes of such a text; what does not fit this request is passed over. */
export function editsOf(text: string, ads: readonly number[]): LookChange[] {
  return text.split('~').flatMap((part) => {
    const [name, ad = '', written = ''] = part.split(':');
    const field = LOOK_FIELD_NAMES.find((one) => one === name);
    const value = written === '' ? Number.NaN : Number(written);
    if (!field || !Number.isFinite(value)) return [];
    const candidate = LOOK_FIELDS[field].scope === 'request' ? 0 : ads.indexOf(Number(ad));
    return candidate < 0 ? [] : [{ field, candidate, value }];
  });
}
