import { exp, log } from './arithmetic';
import { createRng, drawCumulative, normal, poisson, type Rng, uniform, weibull } from './random';
import {
  ADS,
  CATEGORIES,
  CONVERSION_BILLED,
  DAY_SECONDS,
  TASTE,
  TICK_SECONDS,
  type WorldSettings,
} from './settings';

/** What anyone may know of an ad; the index is the ad's id. */
export interface AdTable {
  count: number;
  /** Seconds from the start of the world; negative for ads that were born before it. */
  birth: Float64Array;
  category: Uint8Array;
  advertiser: Uint32Array;
  campaign: Uint32Array;
  /** 1 where the advertiser pays for conversions, 0 where for clicks. */
  conversionBilled: Uint8Array;
  /** Currency for each billed action. */
  bid: Float32Array;
  /** Price of what is advertised. */
  price: Float32Array;
  /** Features of the creative: 16 numbers in units of 1/32, the taste vector seen with error. */
  content: Int8Array;
  /** Two judgements of the creative in units of 1/32, bait and quality seen with error. */
  cues: Int8Array;
}

/** What only the world knows of an ad. */
export interface HiddenAds {
  death: Float64Array;
  bait: Float32Array;
  quality: Float32Array;
}

/** The ads alive, densely packed; the index is a slot, valid until the next birth or death. */
export interface LiveAds {
  count: number;
  ad: Int32Array;
  /** Click and purchase taste vectors, 16 numbers a slot. */
  taste: Float64Array;
  purchase: Float64Array;
  /** Slot of each ad id, -1 where it is not alive. */
  slotOf: Int16Array;
}

export interface AdState {
  table: AdTable;
  hidden: HiddenAds;
  live: LiveAds;
  campaigns: number;
}

/** Ad ids fit 16 bits, 0 being kept for "none" where they are remembered. */
export const MAX_ADS = 65_534;
export const CONTENT_UNIT = 1 / 32;
const BURN_IN_DAYS = 120;
const RECENT_CAMPAIGNS = 300;
const GAMMA_OF_MEAN = 1.2658235;

const STREAM = { lifetimes: 1, ad: 2, campaign: 3, advertiser: 4, centroids: 5 } as const;

/** Centroids of the categories, 16 numbers each. */
export function createCentroids(seed: number): Float64Array {
  const rng = createRng(seed, STREAM.centroids);
  return Float64Array.from({ length: CATEGORIES * TASTE }, () => normal(rng));
}

/** The ads at the start of the world: what is left of those born in the four months before. */
export function createAds(settings: WorldSettings, centroids: Float64Array): AdState {
  const slots = Math.max(64, settings.liveAds * 2);
  const state: AdState = {
    table: {
      count: 0,
      birth: new Float64Array(0),
      category: new Uint8Array(0),
      advertiser: new Uint32Array(0),
      campaign: new Uint32Array(0),
      conversionBilled: new Uint8Array(0),
      bid: new Float32Array(0),
      price: new Float32Array(0),
      content: new Int8Array(0),
      cues: new Int8Array(0),
    },
    hidden: { death: new Float64Array(0), bait: new Float32Array(0), quality: new Float32Array(0) },
    live: {
      count: 0,
      ad: new Int32Array(slots),
      taste: new Float64Array(slots * TASTE),
      purchase: new Float64Array(slots * TASTE),
      slotOf: new Int16Array(0),
    },
    campaigns: 0,
  };
  const rng = createRng(settings.seed, STREAM.lifetimes);
  for (let day = -BURN_IN_DAYS; day < 0; day++) {
    const births = poisson(rng, settings.liveAds / ADS.lifetimeMean);
    for (let i = 0; i < births; i++) {
      const birth = (day + uniform(rng)) * DAY_SECONDS;
      const death = birth + lifetime(rng);
      if (death > 0)
        addAd(
          state,
          settings.seed,
          centroids,
          birth,
          settings.drift.churn ? death : Number.POSITIVE_INFINITY,
        );
    }
  }
  return state;
}

/** Deaths and births of the half hour that starts at `time`, in seconds. */
export function advanceAds(
  state: AdState,
  settings: WorldSettings,
  centroids: Float64Array,
  time: number,
  rng: Rng,
): void {
  if (!settings.drift.churn) return;
  const { live, hidden } = state;
  for (let slot = live.count - 1; slot >= 0; slot--) {
    if ((hidden.death[live.ad[slot] as number] as number) <= time) removeSlot(live, slot);
  }
  const births = poisson(rng, ((settings.liveAds / ADS.lifetimeMean) * TICK_SECONDS) / DAY_SECONDS);
  for (let i = 0; i < births; i++) addAd(state, settings.seed, centroids, time, time + lifetime(rng));
}

function lifetime(rng: Rng): number {
  return weibull(rng, ADS.lifetimeShape, (ADS.lifetimeMean / GAMMA_OF_MEAN) * DAY_SECONDS);
}

/** The advertiser of a campaign is named after the first campaign that it ran. */
function advertiserOf(seed: number, campaign: number): number {
  const rng = createRng(seed, STREAM.campaign, campaign);
  const fresh = uniform(rng) < ADS.perCampaign / ADS.perAdvertiser;
  if (fresh || campaign === 0) return campaign;
  return advertiserOf(seed, campaign - 1 - Math.floor(uniform(rng) * Math.min(campaign, RECENT_CAMPAIGNS)));
}

function addAd(state: AdState, seed: number, centroids: Float64Array, birth: number, death: number): void {
  const { live, hidden } = state;
  const table = state.table;
  if (live.count >= live.ad.length || table.count >= MAX_ADS) return;
  if (table.count === table.birth.length) grow(state);
  const id = table.count++;
  const slot = live.count++;
  const rng = createRng(seed, STREAM.ad, id);
  const joins = state.campaigns > 0 && uniform(rng) > 1 / ADS.perCampaign;
  const recent = Math.min(state.campaigns, RECENT_CAMPAIGNS);
  const campaign = joins ? state.campaigns - 1 - Math.floor(uniform(rng) * recent) : state.campaigns++;
  const advertiser = advertiserOf(seed, campaign);
  const house = createRng(seed, STREAM.advertiser, advertiser);
  const category = drawCumulative(house, CATEGORY_WEIGHTS);
  const bait = normal(house) * 0.7 + normal(rng) * 0.714;
  const freeQuality = normal(house) * 0.7 + normal(rng) * 0.714;
  const rho = ADS.baitQualityCorrelation;
  const quality = rho * bait + Math.sqrt(1 - rho * rho) * freeQuality;
  const priceScore = 0.8 * normal(house) + 0.6 * normal(rng);
  const billed = uniform(rng) < CONVERSION_BILLED;
  const clickBid =
    ADS.bidShare *
    exp(ADS.priceMu + ADS.bidElasticity * ADS.priceSigma * priceScore + ADS.bidSigma * normal(rng));

  table.birth[id] = birth;
  table.category[id] = category;
  table.advertiser[id] = advertiser;
  table.campaign[id] = campaign;
  table.conversionBilled[id] = billed ? 1 : 0;
  table.bid[id] = billed ? clickBid / ADS.meanConversionRate : clickBid;
  table.price[id] = exp(ADS.priceMu + ADS.priceSigma * priceScore);
  table.cues[id * 2] = toUnits(bait + ADS.cueNoise * normal(rng));
  table.cues[id * 2 + 1] = toUnits(quality + ADS.cueNoise * normal(rng));
  hidden.death[id] = death;
  hidden.bait[id] = bait;
  hidden.quality[id] = quality;
  live.ad[slot] = id;
  live.slotOf[id] = slot;

  const own = Math.sqrt(1 - ADS.centroidShare ** 2);
  for (let k = 0; k < TASTE; k++) {
    const taste = ADS.centroidShare * (centroids[category * TASTE + k] as number) + own * normal(rng);
    live.taste[slot * TASTE + k] = taste;
    live.purchase[slot * TASTE + k] = 0.8 * taste + 0.6 * normal(rng);
    table.content[id * TASTE + k] = toUnits(taste + ADS.contentNoise * normal(rng));
  }
}

function removeSlot(live: LiveAds, slot: number): void {
  const last = --live.count;
  live.slotOf[live.ad[slot] as number] = -1;
  if (slot === last) return;
  const moved = live.ad[last] as number;
  live.ad[slot] = moved;
  live.slotOf[moved] = slot;
  live.taste.copyWithin(slot * TASTE, last * TASTE, (last + 1) * TASTE);
  live.purchase.copyWithin(slot * TASTE, last * TASTE, (last + 1) * TASTE);
}

/** Clamped to a signed byte in units of 1/32. */
export function toUnits(value: number): number {
  return Math.max(-127, Math.min(127, Math.round(value / CONTENT_UNIT)));
}

/** Standard score of a price under the catalogue's log-normal law. */
export function priceScore(price: number): number {
  return (log(price) - ADS.priceMu) / ADS.priceSigma;
}

const CATEGORY_WEIGHTS = Float64Array.from({ length: CATEGORIES });
for (let i = 0, total = 0; i < CATEGORIES; i++) {
  total += 1 / (i + 1);
  CATEGORY_WEIGHTS[i] = total;
}

function grow(state: AdState): void {
  const size = Math.min(MAX_ADS, Math.max(4096, state.table.birth.length * 2));
  const { table, hidden, live } = state;
  table.birth = longer(table.birth, new Float64Array(size));
  table.category = longer(table.category, new Uint8Array(size));
  table.advertiser = longer(table.advertiser, new Uint32Array(size));
  table.campaign = longer(table.campaign, new Uint32Array(size));
  table.conversionBilled = longer(table.conversionBilled, new Uint8Array(size));
  table.bid = longer(table.bid, new Float32Array(size));
  table.price = longer(table.price, new Float32Array(size));
  table.content = longer(table.content, new Int8Array(size * TASTE));
  table.cues = longer(table.cues, new Int8Array(size * 2));
  hidden.death = longer(hidden.death, new Float64Array(size));
  hidden.bait = longer(hidden.bait, new Float32Array(size));
  hidden.quality = longer(hidden.quality, new Float32Array(size));
  live.slotOf = longer(live.slotOf, new Int16Array(size).fill(-1));
}

function longer<T extends { set(source: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
