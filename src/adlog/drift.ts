import { exp, log } from './arithmetic';
import { createRng, normal } from './random';
import { CATEGORIES, DOMAIN_SHARES, DOMAINS, DRIFT, type WorldSettings } from './settings';

/** Sine of a week, day by day, written out so that every engine has the same bits. */
const WEEK = [
  0, 0.7818314825, 0.9749279122, 0.4338837391, -0.4338837391, -0.9749279122, -0.7818314825,
] as const;

const STREAM = { initial: 21, day: 22 } as const;

/** What drifts apart from users and ads. All of it is hidden from models. */
export interface DriftState {
  season: number;
  /** Added to the click logit of every ad of a category. */
  categories: Float64Array;
  /** Logarithms of the domains' shares, up to a constant. */
  mix: Float64Array;
}

export function createDrift(settings: WorldSettings): DriftState {
  const rng = createRng(settings.seed, STREAM.initial);
  const spread = DRIFT.categorySigma / Math.sqrt(1 - DRIFT.categoryPersistence ** 2);
  return {
    season: 0,
    categories: Float64Array.from({ length: CATEGORIES }, () => spread * normal(rng)),
    mix: Float64Array.from(DOMAIN_SHARES, log),
  };
}

/** The step from the day before to `day`. Each part draws from its own numbers, so a switch moves only its own part. */
export function advanceDrift(state: DriftState, settings: WorldSettings, day: number): void {
  const { drift, seed } = settings;
  if (drift.level) state.season += DRIFT.season * normal(createRng(seed, STREAM.day, day, 0));
  if (drift.categories) {
    const rng = createRng(seed, STREAM.day, day, 1);
    for (let i = 0; i < CATEGORIES; i++) {
      const now = state.categories[i] as number;
      state.categories[i] = DRIFT.categoryPersistence * now + DRIFT.categorySigma * normal(rng);
    }
  }
  if (drift.mix) {
    const rng = createRng(seed, STREAM.day, day, 2);
    for (let i = 0; i < DOMAINS.length; i++)
      state.mix[i] = (state.mix[i] as number) + DRIFT.mix * normal(rng);
  }
}

/** The global level of a day: what is added to every click logit. Switched off, the season stays where it was. */
export function levelOf(state: DriftState, settings: WorldSettings, day: number): number {
  if (!settings.drift.level) return state.season;
  const promotion = day === DRIFT.promotionDay ? DRIFT.promotion : 0;
  return state.season + DRIFT.weekly * (WEEK[day % WEEK.length] ?? 0) + promotion;
}

/** Cumulative shares of the domains in the requests of a day. */
export function domainShares(state: DriftState): Float64Array {
  const shares = state.mix.map(exp);
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    total += shares[i] as number;
    shares[i] = total;
  }
  return shares.map((share) => share / total);
}
