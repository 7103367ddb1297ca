import { useEffect, useState } from 'react';
import { type Parser, parseOr } from '../../workers/schema.ts';

/** The samples that the list at an address names; none until it is fetched, and where it cannot be. */
export function useSamples<T>(url: string, parse: Parser<{ samples: T[] }>): readonly T[] {
  const [samples, setSamples] = useState<readonly T[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    fetch(url, { signal: abort.signal })
      .then((response) => response.json())
      .then((found: unknown) => setSamples(parseOr(parse, found)?.samples ?? []))
      .catch(() => {
        // Without the list the room works all the same.
      });
    return () => abort.abort();
  }, [url, parse]);
  return samples;
}
