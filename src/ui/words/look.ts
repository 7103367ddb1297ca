import type { LookField } from '../../inference/ranking/look.ts';

const fields: Record<LookField, string> = {
  bid: 'Bid, currency',
  price: 'Price, currency',
  adAge: 'Ad’s age, days',
  billing: 'Billed on',
  category: 'Category',
  bait: 'Bait, as judged',
  quality: 'Quality, as judged',
  seen: 'Seen before, times',
  clicked: 'Clicks in category',
  interest: 'Actions in category',
  domain: 'Domain',
  age: 'User’s age group',
  gender: 'User’s gender',
  city: 'User’s city',
  device: 'User’s device',
};

export const look = {
  fields,
  title: (number: string, all: string) => `Request ${number} of ${all}`,
  where: (domain: string, day: string, clock: string) => `${domain}, day ${day} of the stream, ${clock}`,
  previous: 'Previous request',
  next: 'Next request',
  keys: 'Keys: [ and ] step through requests, the arrow keys through candidates.',
  ad: (id: string) => `ad ${id}`,
  billing: { '0': 'clicks', '1': 'conversions' },
  rail: {
    request: { name: 'Request', text: 'Requests that were logged with all their candidates.' },
    title: 'Request',
  },
  slope: {
    title: 'From the early rank to the final rank',
    text: (kept: number, lost: number, cut: string) =>
      `All candidates as lines from their rank in the early stage to their rank in the final stage. Of the final stage’s five best, ${kept} are within the cut of ${cut} and ${lost} are lost.`,
    early: 'early rank',
    final: 'final rank',
    cut: (cut: string) => `cut ${cut}`,
  },
  winners: 'The final stage’s five best',
  lost: 'lost',
  kept: 'kept',
  waterfall: {
    title: (ad: string) => `Why: the value of ${ad}, early to final`,
    text: 'Total value as the early stage estimates it, and what changes when its probabilities are replaced by the final stage’s, one after the other.',
    early: 'early value',
    pClick: 'click probability',
    pConversion: 'conversion probability',
    pCrossOut: 'cross-out probability',
    final: 'final value',
    axis: 'Total value of a thousand impressions',
  },
  edit: {
    title: (ad: string) => `Change ${ad} and rank again`,
    request: 'Change the request',
    reset: 'As it was',
    resetAll: 'Undo all changes',
    note: 'Both stages are computed again at every change. The true probabilities do not know of it.',
  },
  see: 'What you see',
  say: {
    allKept: (cut: string) =>
      `All five of the final stage’s best are among the ${cut} that the early stage passes on.`,
    lost: (lost: string, cut: string) =>
      `${lost} of the final stage’s five best are not among the ${cut} that the early stage passes on.`,
    value: (share: string) => `The five that are shown to the auction instead are worth ${share} of them.`,
    why: (ad: string, early: string, final: string, why: string) =>
      `${ad} is ${early} for the early stage and ${final} for the final one. ${why}`,
    reason: {
      pClick: (early: string, final: string) =>
        `Mostly for its clicks: the early stage says ${early}, the final one ${final}.`,
      pConversion: (early: string, final: string) =>
        `Mostly for its conversions: the early stage says ${early} of clicks, the final one ${final}.`,
      pCrossOut: (early: string, final: string) =>
        `Mostly for its cross-outs: the early stage says ${early}, the final one ${final}.`,
    },
    needed: (value: string, needed: string) =>
      `The early stage gives it a value of ${value}; ${needed} would have been passed on.`,
    moved: (ad: string, early: string, earlyBefore: string, final: string, finalBefore: string) =>
      `Your changes move ${ad} from early rank ${earlyBefore} to ${early} and from final rank ${finalBefore} to ${final}.`,
    changedLost: (before: string, after: string) =>
      `Lost winners: ${before} before your changes, ${after} now.`,
    truth: (click: string, crossOut: string) =>
      `In truth it is clicked with ${click} and crossed out with ${crossOut}.`,
  },
} as const;
