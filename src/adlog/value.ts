/**
 * Total value of showing an ad, for a thousand impressions:
 * `1000·bid·pClick·[pConversion if billed on conversions] − 1000·λ·pCrossOut`.
 */
export function totalValue(
  bid: number,
  pClick: number,
  pConversion: number,
  pCrossOut: number,
  conversionBilled: boolean,
  lambda: number,
): number {
  return 1000 * (bid * pClick * (conversionBilled ? pConversion : 1) - lambda * pCrossOut);
}
