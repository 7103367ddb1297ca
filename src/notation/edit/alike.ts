import type { Token } from '../token.ts';
import type { EditedToken, PageLines, SymbolPlace } from './edited.ts';
import type { Fix } from './fix.ts';

/** What of a symbol a fix is about: two symbols are alike for it if they agree in these. */
function aspects(fix: Fix): readonly (keyof Token)[] {
  switch (fix.kind) {
    case 'set':
      if (fix.branch === 'lift') return ['pitch', 'lift'];
      return [fix.branch];
    case 'step':
    case 'letter':
      return ['pitch'];
    case 'length':
    case 'dots':
    case 'rest':
      return ['rhythm'];
    case 'right':
    case 'as-read':
      return ['rhythm', 'pitch', 'lift'];
  }
}

/**
 * The other symbols of the piece that were read as this one was, in what the fix is about, and that nobody has corrected: a
 * reader that takes one tenuto for a staccato does so again.
 */
export function alikeTo(pages: readonly PageLines[], read: Token, fix: Fix): SymbolPlace[] {
  const same = aspects(fix);
  const family = familyOf(read);
  const isAlike = (token: EditedToken) =>
    token.asRead === undefined &&
    familyOf(token) === family &&
    same.every((aspect) => token[aspect] === read[aspect]);
  return pages.flatMap(({ id, systems }) =>
    systems
      .flatMap(({ staves }) => staves)
      .flatMap((tokens, staff) =>
        tokens.flatMap((token, index) => (isAlike(token) ? [{ page: id, staff, token: index }] : [])),
      ),
  );
}

function familyOf({ rhythm }: Token): string {
  return rhythm.split('-')[0] ?? '';
}
