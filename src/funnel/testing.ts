import type { Estimates, ScoredRequest } from './scored-request';

/** Estimates with the given probabilities of a click, and of the others if given. */
export function estimates(
  pClick: readonly number[],
  pConversion: readonly number[] = pClick.map(() => 0),
  pCrossOut: readonly number[] = pClick.map(() => 0),
): Estimates {
  return {
    pClick: Float32Array.from(pClick),
    pConversion: Float32Array.from(pConversion),
    pCrossOut: Float32Array.from(pCrossOut),
  };
}

/** A small request for hand-worked figures: bids of one, billed on clicks, unless said otherwise. */
export function scoredRequest(
  parts: Partial<ScoredRequest> & Pick<ScoredRequest, 'truth' | 'final'>,
): ScoredRequest {
  const count = parts.truth.pClick.length;
  return {
    day: 0,
    request: 0,
    time: 0,
    user: 0,
    ageGroup: 0,
    domain: 0,
    count,
    ad: Uint16Array.from({ length: count }, (_, i) => i),
    adAge: new Float32Array(count),
    category: new Uint8Array(count),
    bid: new Float32Array(count).fill(1),
    conversionBilled: new Uint8Array(count),
    stage: new Uint8Array(count),
    early: {},
    ...parts,
  };
}
