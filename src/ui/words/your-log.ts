import type { LogFailure, NoPolicy } from '../../workers/log-protocol.ts';

/** What went wrong with a log, and what to do; what happened is the title, and the reader's own words where it has them. */
const problems: Record<LogFailure, { title: string | null; advice: string }> = {
  empty: {
    title: null,
    advice: 'Choose the file again; if it comes from a cloud folder, let it download first.',
  },
  binary: {
    title: null,
    advice: 'Choose a CSV, TSV, libsvm or Parquet file; text files may be packed with gzip.',
  },
  'too-large': {
    title: null,
    advice: 'The first two million rows are plenty: head -n 2000000 makes such a part.',
  },
  'too-many-columns': {
    title: null,
    advice:
      'Leave out the columns that a model needs not see, or check that the first line ends where it should.',
  },
  'one-column': { title: null, advice: 'Save it with one of these between the columns and open it again.' },
  'no-label': { title: null, advice: 'Say which column is the label: 1 for a click, 0 for none.' },
  'no-rows': {
    title: null,
    advice: 'Look at that line, or say that other columns are the label and the time.',
  },
  'no-positives': {
    title: null,
    advice: 'Is the label the right column? A log needs clicks and impressions without.',
  },
  'no-negatives': {
    title: null,
    advice: 'Is the label the right column? A log of clicks alone says nothing of the rest.',
  },
  unreadable: { title: null, advice: 'If it is damaged or cut short, fetch it again.' },
  cancelled: { title: 'This was stopped.', advice: 'Start it again whenever you like.' },
  'no-inputs': {
    title: 'No column is an input, so there is nothing to learn from.',
    advice: 'Choose some under Columns.',
  },
  'one-moment': {
    title:
      'All rows have the same time, so none comes before another and there is no earlier part to learn from.',
    advice:
      'Under Columns choose another column for the time, or none: then the order of the rows stands for it.',
  },
  'first-moment': {
    title: 'Rows of one time stay together, and those of the first one fill more than the earlier part.',
    advice:
      'Give the earlier part more, or choose no column for the time under Columns: then the order of the rows stands for it.',
  },
  'one-sided-earlier': {
    title: 'The earlier part has no clicks, or nothing but clicks, so there is nothing to learn from.',
    advice: 'Give it more, or bring a longer log.',
  },
  'one-sided-later': {
    title: 'The later part has no clicks, or nothing but clicks, so nothing can be judged by it.',
    advice: 'Give the earlier part less, or bring a longer log.',
  },
  'sample-missing': {
    title: 'The sample could not be fetched.',
    advice: 'Check the connection and try again.',
  },
  'out-of-memory': {
    title: 'There was not enough memory for this log.',
    advice: 'Close other tabs, use fewer columns, or take a part of the file.',
  },
  busy: { title: 'Another log is still being worked on.', advice: 'Wait for it, or stop it first.' },
  failed: {
    title: 'The log could not be worked on.',
    advice: 'Load it again. If that does not help, copy the report and send it to us.',
  },
  'worker-lost': {
    title: 'The worker that reads logs stopped answering and was restarted.',
    advice: 'Load the log again; a smaller part may help if memory was short.',
  },
};

const noPolicy: Record<NoPolicy, string> = {
  'no-propensity':
    'This log has no propensities: it does not say how likely each ad was to be shown. What another policy would have brought cannot be told from it, so these panels are left out.',
  simulated:
    'The simulator’s propensities hold among the 50 survivors of each auction, who are not all in this log. What another policy would have brought is left out here; Pass on replays auctions with the truth instead.',
  'no-ad': 'No column says which ad was shown, so nothing can be said of showing others.',
  'one-ad': 'There is only one ad in this log, so there is nothing else to show.',
  'too-many-ads':
    'There are more than 500 ads, too many to score each in every place, and hardly any would have been shown twice. The panels on other policies are left out.',
};

export const yourLog = {
  problems,
  noPolicy,
  title: 'Your log',
  target: {
    title: 'Drop, choose or paste a log of impressions',
    text: 'CSV, TSV, libsvm or Parquet, also packed with gzip. One row an impression, one column that says whether it was clicked.',
    choose: 'Choose a file',
    drop: 'Drop it to read it',
    privacy: 'The log stays on this device. It is read, learnt from and judged here, in the page.',
    layouts:
      'Open Bandit, Criteo, Avazu and Taobao logs are known by their columns; any other is mapped by hand.',
    samples: 'Or try one of these',
    pasted: 'pasted text',
  },
  another: 'Another log',
  columns: 'Columns',
  stop: 'Stop',
  dismiss: 'Close',
  kept: 'The loaded log is still here.',
  nothingKept: 'Nothing was changed.',
  simulated: 'Simulated',
  stages: {
    inspect: 'Looking at the file',
    read: 'Reading',
    train: 'Training on the earlier part',
    judge: 'Judging on the later part',
    policies: 'Scoring every ad in every place',
  },
  progress: (percent: string) => `${percent} done`,
  rowsSoFar: (rows: string) => `${rows} rows`,
  mapper: {
    title: (name: string) => `Which column of “${name}” is what?`,
    known: (layout: string) => `Known as ${layout}; change it if it is not.`,
    unknown: 'This layout is not known. Here is a guess by the names; only the label is needed.',
    none: '(none)',
    parts: {
      label: 'Label',
      user: 'User',
      ad: 'Ad',
      time: 'Time',
      bid: 'Bid',
      propensity: 'Propensity',
      position: 'Position',
    },
    hints: {
      label: '1 for a click, 0 for none',
      user: 'for intervals by user',
      ad: 'which ad was shown',
      time: 'to split earlier from later',
      bid: 'not used by the model',
      propensity: 'how likely this ad was',
      position: 'the slot it was shown in',
    },
    inputs: 'Inputs of the model',
    column: 'Column',
    example: 'For instance',
    use: 'Use as',
    uses: { none: 'not at all', categorical: 'a name', numeric: 'a number' },
    warning: 'This would leak the label',
    load: 'Load the log',
    cancel: 'Cancel',
    first: (shown: number, all: number) => `The first ${shown} of ${all} columns; the others keep the guess.`,
  },
  facts: {
    rows: 'rows',
    clicks: 'clicks',
    rate: 'click rate',
    users: 'users',
    ads: 'ads',
    broken: 'broken rows',
    took: 'seconds to load',
  },
  broken: {
    title: (count: string) => (count === '1' ? '1 broken row' : `${count} broken rows`),
    line: 'Line',
    reason: 'Why',
    more: (count: string) => `The first 100 of ${count}.`,
  },
  truncated: 'The file is longer: reading stopped at two million rows.',
  charts: {
    overTime: 'Click rate over time',
    overTimeText: 'Clicks a hundred impressions in each stretch of time, with 95 % intervals.',
    hours: (from: string | null) => (from ? `Hours since ${from} UTC` : 'Hours of the log'),
    days: (from: string | null) => (from ? `Days since ${from} UTC` : 'Days of the log'),
    rate: 'Click rate',
    overall: 'whole log',
    positions: 'Position effect',
    positionsText:
      'Clicks at each position over the clicks that the same ads bring over all positions; 1 is no effect. With 95 % intervals.',
    positionRatesText: 'Click rate at each position, with 95 % intervals.',
    positionAxis: 'Clicks over those expected of these ads',
    noEffect: 'no effect',
    position: (position: string) => `Position ${position}`,
    clicks: (clicks: string, rows: string) => `${clicks} of ${rows}`,
    calibration: 'Calibration on the later part',
    calibrationText:
      'Observed click rate against predicted, in groups of equally many rows, with 95 % intervals. On the dotted line the model is right.',
    predicted: 'Predicted click rate',
    observed: 'Observed click rate',
    model: 'VM on your log',
    policies: 'What other policies would have brought',
    policiesText:
      'Estimated click rate of showing ads at random, and of the epsilon-greedy ranking by the model, by three estimators, with 95 % intervals, beside the rate as logged.',
    policyAxis: 'Click rate',
    logged: 'as logged',
    ess: (rows: string) => `≈ ${rows} rows`,
  },
  rail: {
    training: 'Training',
    policies: 'Other policies',
    noLog: 'Changes nothing before a log is loaded.',
    noPolicy: 'Changes nothing: this log says nothing of other policies.',
    share: { name: 'Earlier part', text: 'The model learns from it; the rest, later in time, judges it.' },
    learn: { name: 'Learn at most', text: 'The latest rows before the split.' },
    epsilon: {
      name: 'ε of the ranking',
      text: 'How often it shows any ad instead of the best: more exploring, closer to chance.',
    },
    clip: {
      name: 'Clip weights at',
      text: 'A lower limit makes estimates steadier and more biased.',
      none: 'no limit',
    },
  },
  train: {
    title: 'Train on the earlier part, judge on the later',
    start: 'Train a VM on it',
    again: 'Train again',
    text: 'A small DCNv2, one pass over the earlier rows in order, every input hashed; then the later rows, which it has never seen.',
    byOrder: 'There is no time column, so the order of the rows stands for it.',
  },
  policies: {
    title: 'Other policies, by the propensities',
    uniform: 'random',
    greedy: 'ε-greedy by VM',
    note: 'IPS: inverse propensity scoring. SNIPS: the same, divided by the sum of the weights. DR: doubly robust, with the VM as reward model. Behind each figure: the number of equally weighted rows that would say as much.',
  },
  figures: {
    entropy: 'normalised entropy',
    constant: 'of the constant rate',
    calibration: 'predicted over observed clicks',
    auc: 'AUC',
  },
  see: 'What you see',
  say: {
    size: (rows: string, from: string | null, to: string | null, clicks: string, rate: string) =>
      from && to
        ? `${rows} rows from ${from} to ${to}; ${clicks} were clicked: ${rate}.`
        : `${rows} rows; ${clicks} were clicked: ${rate}.`,
    comments: (lines: string) =>
      lines === '1'
        ? 'A comment line before the rows was left out.'
        : `${lines} comment lines before the rows were left out.`,
    oneMoment: (when: string | null) =>
      `All rows have the same time${when ? `, ${when}` : ''}: it does not say which of them are earlier.`,
    ownZero: (days: string) =>
      `Its times are no dates, so they are taken for seconds since a zero of its own; they span ${days} days.`,
    broken: (count: string, line: string, reason: string) =>
      `${count} could not be used. The first is line ${line}: ${reason}.`,
    positionEffect: (position: string, change: string) =>
      `Position ${position} gets ${change} the clicks that its ads get over all positions, beyond chance.`,
    noPositionEffect:
      'Differences between positions are within chance once the ads in them are accounted for.',
    times: (factor: string) => `${factor} times`,
    few: (clicks: string) =>
      `Only ${clicks} clicks to learn from: far too few to train on. Take the model’s figures as a look at the panels, not as a result.`,
    better: (share: string, ne: string) =>
      `On rows that it never saw the model’s log loss is ${share} below that of always saying the later part’s rate: normalised entropy ${ne}.`,
    worse: (ne: string) =>
      `On rows that it never saw the model does no better than always saying the later part’s rate: normalised entropy ${ne}.`,
    undecided: (ne: string) =>
      `Whether the model beats always saying the later part’s rate cannot be told from these rows: normalised entropy ${ne}.`,
    over: (share: string) => `It predicts ${share} too many clicks there.`,
    under: (share: string) => `It predicts ${share} too few clicks there.`,
    calibrated: (ratio: string) =>
      `Its predictions add up to the clicks there, within chance: ratio ${ratio}.`,
    policy: (name: string, value: string, logged: string, verdict: string) =>
      `Showing ads ${name} would have brought ${value} by SNIPS, against ${logged} as logged: ${verdict}.`,
    names: { uniform: 'at random', greedy: 'by the ε-greedy ranking' },
    verdicts: { more: 'more', fewer: 'less', same: 'the intervals overlap' },
    thin: (rows: string, ess: string) =>
      `What the ε-greedy ranking would have brought cannot be told: hardly any row shows what it would have shown, and the ${rows} rows weigh no more than ${ess} equal ones would.`,
    weights: (mean: string, ads: string) =>
      `The weights average ${mean} instead of 1: these propensities do not fit a choice among all ${ads} ads, so do not trust the estimates.`,
    clipped: (share: string) =>
      `${share} of the weights were clipped, which makes IPS and DR a little biased.`,
  },
} as const;
