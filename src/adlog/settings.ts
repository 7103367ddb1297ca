/** What a visitor may switch: each source of drift acts alone. */
export interface DriftSwitches {
  /** Global level: season, weekly wave, promotion. */
  readonly level: boolean;
  /** Popularity of categories. */
  readonly categories: boolean;
  /** Tastes of users. */
  readonly interests: boolean;
  /** Births and deaths of ads. */
  readonly churn: boolean;
  /** Shares of the domains in the traffic. */
  readonly mix: boolean;
}

export interface WorldSettings {
  readonly seed: number;
  readonly drift: DriftSwitches;
  readonly users: number;
  /** Mean number of ads alive. */
  readonly liveAds: number;
  readonly impressionsPerDay: number;
  /** Price of one cross-out, in the currency of the bids. */
  readonly lambda: number;
  /** One request in so many has its candidates logged. */
  readonly candidatesEvery: number;
}

export const ALL_DRIFT: DriftSwitches = {
  level: true,
  categories: true,
  interests: true,
  churn: true,
  mix: true,
};
export const NO_DRIFT: DriftSwitches = {
  level: false,
  categories: false,
  interests: false,
  churn: false,
  mix: false,
};

export const WARM_UP_DAYS = 14;
export const STREAM_DAYS = 14;

export const DEFAULT_SETTINGS: WorldSettings = {
  seed: 7,
  drift: ALL_DRIFT,
  users: 20_000,
  liveAds: 2_000,
  impressionsPerDay: 100_000,
  lambda: 10,
  candidatesEvery: 50,
};

export const DOMAINS = ['feed', 'reels', 'stories'] as const;
export type Domain = (typeof DOMAINS)[number];

/** Dimensions of taste. */
export const TASTE = 16;
export const SEGMENTS = 12;
export const CATEGORIES = 40;
export const TICKS = 48;
export const TICK_SECONDS = 1800;
export const DAY_SECONDS = TICKS * TICK_SECONDS;

/** The funnel's counts. */
export const FUNNEL = {
  retrieved: 400,
  early: 50,
  final: 5,
  slots: 3,
  loggedSurvivors: 24,
  loggedDropped: 8,
} as const;

export const EXPLORATION = 0.02;

/** Share of the ads that are billed on conversions. */
export const CONVERSION_BILLED = 0.3;

/**
 * Share of Taobao's traffic in each half hour from midnight, as published with AuctionNet; they sum to 1.0002 and are
 * normalised where they are used.
 */
export const TRAFFIC = [
  0.023, 0.0108, 0.0088, 0.0048, 0.0048, 0.0033, 0.0034, 0.003, 0.0043, 0.0049, 0.0111, 0.0124, 0.0185,
  0.0173, 0.0261, 0.0241, 0.0364, 0.0331, 0.0381, 0.0324, 0.0372, 0.0329, 0.0335, 0.0255, 0.0237, 0.0222,
  0.0262, 0.0201, 0.0222, 0.0205, 0.0227, 0.0208, 0.0241, 0.0206, 0.02, 0.0165, 0.0175, 0.0169, 0.0204,
  0.0198, 0.025, 0.0251, 0.0311, 0.0286, 0.0301, 0.0257, 0.0254, 0.0253,
] as const;

/** Coefficients of the three hidden logits, and of everything that moves them. */
export const TRUTH = {
  click: {
    /** Intercept of each domain: set so that the shown ads meet the published click rates. */
    domain: [-8.05, -7.6, -7.35],
    taste: 0.8 / 4,
    bait: 0.5,
    quality: 0.25,
    fatigue: -0.35,
    novelty: 0.4,
    pair: 0.25,
  },
  conversion: { intercept: -7.15, taste: 0.9 / 4, quality: 0.5, bait: -0.7, price: -0.25 },
  crossOut: { intercept: -4.25, bait: 1, quality: -0.5, taste: -0.6 / 4, fatigue: 0.5 },
  /** Examination of slot k falls as (1 + k)^-exponent: strongly in the feed, weakly side by side. */
  positionExponent: [0.6, 0.4, 0.15],
  /** Share of requests with one, two and three slots. */
  slots: [0.3, 0.4, 0.3],
} as const;

/** Standard deviation of each stage's own error, added to the true logits (log value for retrieval). */
export const STAGE_NOISE = {
  retrieval: 0.8,
  early: { click: 0.5, conversion: 0.6, crossOut: 0.6 },
  final: { click: 0.25, conversion: 0.35, crossOut: 0.35 },
} as const;

/** Steepness of retrieval: inclusion is proportional to value^steepness, capped at one. */
export const RETRIEVAL_STEEPNESS = 0.6;

export const USERS = {
  ownTaste: 0.9,
  /** Days after which half of a user's own deviation from the segment is forgotten. */
  tasteHalfLife: 10,
  activitySigma: 1.2,
  /** Ad impressions that a user remembers (fatigue). */
  memory: 32,
  /** Clicked categories that are kept. */
  clicks: 20,
  /** Organic actions a day of a user of activity one; each shows the taste with this error. */
  organicPerDay: 3,
  organicNoise: 1.5,
  /** Actions that a day's new evidence is weighed against in the pooled history. */
  pooling: 24,
} as const;

export const ADS = {
  /** Ads for each campaign, and for each advertiser. */
  perCampaign: 2,
  perAdvertiser: 3.3,
  baitQualityCorrelation: -0.3,
  centroidShare: 0.75,
  priceMu: 4.93,
  priceSigma: 1.46,
  /** Bid for a click: this share of the price at the median price, growing with price^elasticity. */
  bidShare: 0.02,
  bidElasticity: 0.15,
  bidSigma: 0.2,
  /** Mean conversion rate by which a bid for a click becomes a bid for a conversion. */
  meanConversionRate: 0.02,
  lifetimeShape: 0.7,
  lifetimeMean: 8,
  contentNoise: 0.5,
  cueNoise: 0.7,
} as const;

export const DRIFT = {
  /** Random walk of the level: standard deviation a day. */
  season: 0.06,
  weekly: 0.15,
  promotion: 0.5,
  /** Day of the promotion, counted from the start of the world. */
  promotionDay: WARM_UP_DAYS + 9,
  categoryPersistence: 0.9,
  categorySigma: 0.2,
  /** Random walk of the domains' log shares: standard deviation a day. */
  mix: 0.1,
} as const;

/** Shares of the domains in the requests where the mix is not drifting. */
export const DOMAIN_SHARES = [0.4, 0.33, 0.27] as const;

/** Conversion delays: shares within an hour and within a day; the rest comes within thirty days. */
export const DELAY = { hourShare: 0.35, dayShare: 0.5, lastDay: 30 } as const;
