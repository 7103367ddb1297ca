import type { RankerName } from '../../funnel/scored-request.ts';
import type { EventName, Grouping } from '../../funnel/stage-calibration.ts';
import type { FunnelFailure } from '../../workers/funnel-protocol.ts';

const problems: Record<FunnelFailure, { title: string; advice: string }> = {
  'weights-missing': {
    title: 'The rankers’ weights could not be downloaded.',
    advice: 'Check the connection and try again.',
  },
  'weights-damaged': {
    title: 'The rankers’ weights arrived damaged and were thrown away.',
    advice: 'Try again to fetch them anew.',
  },
  'sample-missing': {
    title: 'The simulated days could not be fetched.',
    advice: 'Check the connection and try again.',
  },
  'out-of-memory': {
    title: 'There was not enough memory for this.',
    advice: 'Close other tabs and try again.',
  },
  busy: { title: 'Something else is still being computed.', advice: 'Wait a moment and try again.' },
  failed: {
    title: 'This could not be computed.',
    advice: 'Try again; if it happens every time, copy the report and send it to us.',
  },
  'worker-lost': { title: 'The worker stopped answering and was restarted.', advice: 'Try again.' },
};

const rankers: Record<RankerName, string> = {
  clicks: 'clicks only',
  separate: 'one model a task',
  'multi-task': 'multi-task',
  distilled: 'multi-task, distilled',
  mmoe: 'distilled, MMoE',
  relation: 'distilled, relation',
  oracle: 'oracle',
};

const rankerTexts: Record<RankerName, string> = {
  clicks: 'Ranks by bid, click probability and its domain’s mean conversion rate: bait goes through.',
  separate:
    'Three models, one for clicks, conversions and cross-outs each: right tasks, three times the cost.',
  'multi-task': 'One model for three tasks, learnt on impressions alone.',
  distilled: 'Its heads follow the final stage on all logged candidates, shown or not.',
  mmoe: 'The same with a mixture of eight experts between towers and heads.',
  relation: 'The same with the conversion head fed by the click head.',
  oracle:
    'Ranks by the hidden true probabilities. No model can; what it loses, the final stage’s own errors lose.',
};

const events: Record<EventName, string> = {
  click: 'clicks',
  conversion: 'conversions',
  'cross-out': 'cross-outs',
};

export const passOn = {
  problems,
  rankers,
  rankerTexts,
  opening: 'Fetching the rankers and scoring every candidate',
  again: 'Try again',
  see: 'What you see',
  choose: 'Chart',
  counting: 'Working out the figures of every ranker.',
  replaying: 'Auctions are being replayed with the truth.',
  panels: {
    recall: 'What is passed on',
    value: 'Value and cost',
    crossouts: 'Cross-outs and revenue',
    calibration: 'Calibration',
    curse: 'Winner’s curse',
  },
  rail: {
    stage: 'Early stage',
    early: 'Ranks the 400',
    measure: { name: 'Measured by', text: 'Against the final stage’s own order of all candidates.' },
    measures: {
      recall: 'Recall',
      soft: 'Soft recall',
      ndcg: 'NDCG',
      regret: 'Value lost',
    },
    cut: { name: 'Cut', text: 'Candidates that the early stage passes on to the final one.' },
    budget: {
      name: 'Budget',
      text: 'Multiply-adds a request, for both stages: what cut can each model afford?',
      unit: (value: number) => (value === 0 ? 'none' : `${value} M`),
    },
    lambda: { name: 'λ, price of a cross-out', text: 'What a cross-out costs in the auction, in currency.' },
    auction: 'Auction',
    inert: {
      cut: 'Changes nothing on this chart, which runs through all cuts.',
      lambda: 'Changes nothing here: the calibration of probabilities has no λ in it.',
      measure: 'Changes nothing here: it chooses what the first chart measures.',
      budget: 'Changes nothing here: it is drawn where cuts are.',
    },
  },
  funnel: {
    title: 'The funnel',
    text: (cut: string) =>
      `Of 400 retrieved candidates the early stage passes on ${cut}, the final stage picks five, the auction shows one to three. Each dot is a candidate; full ones are passed on.`,
    retrieved: 'early stage',
    kept: 'final stage',
    auction: 'auction',
    shown: 'shown',
    unit: 'multiply-adds',
    perRequest: 'a request',
  },
  charts: {
    recall: 'Recall of the final top 5 against the cut',
    soft: 'Soft recall against the cut',
    ndcg: 'NDCG of the early order against the cut',
    regret: 'Total value lost to the cut',
    recallText:
      'For each early stage, the share of the final stage’s five best that is among the candidates passed on, for every cut from 1 to 400, with 95 % intervals by user.',
    softText:
      'For each early stage, the total value of its best candidates over that of the final stage’s best, for every cut, with 95 % intervals by user.',
    ndcgText: 'For each early stage, NDCG at the cut with gains of max(0, total value), with 95 % intervals.',
    regretText:
      'For each early stage, how much total value the final stage’s five best lose because of the cut, with 95 % intervals.',
    cut: 'Cut',
    cutUnit: 'candidates passed on',
    value: 'Value against cost',
    valueText:
      'For each early stage and cut, multiply-adds of both stages a request and the true total value of a thousand requests in replayed auctions; dotted, the best that was measured for its cost.',
    pareto: 'best for its cost',
    cost: 'Multiply-adds a request',
    totalValue: 'True total value of a thousand requests',
    currency: 'currency',
    cutOf: (cut: string) => `cut ${cut}`,
    tau: 'Kendall’s τ with the final order',
    tauText:
      'Agreement of each early order of all 400 candidates with the final stage’s, with 95 % intervals.',
    rank: 'Mean reciprocal rank of the final winner',
    rankText: 'Mean of one over the early rank of the candidate that the final stage puts first.',
    frontier: 'Cross-outs against revenue, by λ',
    frontierText:
      'For each early stage, revenue of a thousand requests and cross-outs an impression in replayed auctions, along λ from 0 to 80.',
    crossOuts: 'Cross-outs an impression',
    revenue: 'Revenue of a thousand requests',
    lambdaOf: (lambda: string) => `λ ${lambda}`,
    replay: 'True total value, replayed at this cut',
    replayText:
      'True total value of a thousand requests in auctions replayed at this cut, with 95 % intervals.',
    crossOutRate: 'Cross-out rate, replayed at this cut',
    crossOutRateText: 'Cross-outs an impression in auctions replayed at this cut, with 95 % intervals.',
    calibration: (event: EventName, model: string) => `Calibration of ${events[event]}: ${model}`,
    calibrationText:
      'Sum of predictions over sum of true probabilities on all candidates, by group; 1 is right. With 95 % intervals.',
    calibrationAxis: 'Predicted over true',
    right: 'right',
    curse: 'Winner’s curse',
    curseText:
      'True over predicted clicks among each model’s own best 1, 5, 50 and 400 candidates; below 1 what is chosen is over-predicted.',
    curseAxis: 'True over predicted clicks',
    depth: 'Best candidates by its own order',
    final: 'final stage',
  },
  groups: {
    all: ['all candidates'],
    domain: ['feed', 'reels', 'stories'],
    'age group': Array.from({ length: 7 }, (_, i) => `age group ${i + 1}`),
    'ad age': [
      'ads under a day',
      'ads of 1 to 3 days',
      'ads of 3 to 7 days',
      'ads of 7 to 14 days',
      'older ads',
    ],
  } satisfies Record<Grouping, string[]>,
  say: {
    recall: (cut: string, name: string, share: string, than: string, other: string) =>
      `At a cut of ${cut}, ${name} passes on ${share} of the final stage’s five best; ${than} ${other}.`,
    alone: (cut: string, name: string, share: string) =>
      `At a cut of ${cut}, ${name} passes on ${share} of the final stage’s five best.`,
    ahead: (points: string, clear: boolean) =>
      clear
        ? `That is ${points} points more, beyond chance.`
        : `The difference, ${points} points, is within the intervals.`,
    behind: (points: string, clear: boolean) =>
      clear
        ? `That is ${points} points fewer, beyond chance.`
        : `The difference, ${points} points, is within the intervals.`,
    cost: (early: string, final: string) =>
      `It costs ${early} multiply-adds a request in the early stage and ${final} in the final one.`,
    separate: (times: string) => `The three separate models cost ${times} times as much in the early stage.`,
    budget: (budget: string, name: string, cut: string, share: string) =>
      `With ${budget} multiply-adds a request, ${name} can pass on ${cut}: recall ${share}.`,
    noBudget: (budget: string, name: string) =>
      `${budget} multiply-adds a request do not even pay for ${name} on 400 candidates.`,
    bestBudget: (name: string, cut: string, share: string) =>
      `The best buy within it is ${name} at a cut of ${cut}: ${share}.`,
    replay: (name: string, value: string, crossOuts: string) =>
      `In auctions replayed with the truth, ${name} brings a total value of ${value} a thousand requests, and ${crossOuts} of the impressions are crossed out.`,
    replayAgainst: (value: string, crossOuts: string) => `Clicks only: ${value}, and ${crossOuts}.`,
    curse: (ratio: string) =>
      `Of the clicks that the final stage predicts for its own first choice, ${ratio} happen: whatever is chosen for looking best is over-predicted.`,
    noCurse: (ratio: string) =>
      `Of the clicks that the final stage predicts for its own first choice, ${ratio} happen: no winner’s curse beyond chance here.`,
    worst: (group: string, ratio: string) =>
      `The final stage’s clicks are furthest off on ${group}: it predicts ${ratio} of what is true.`,
    from: (requests: string, candidates: string, days: string) =>
      `From ${requests} requests with all their candidates (${candidates}) of ${days} simulated days; the models are a millionth of the papers’ in size.`,
  },
} as const;
