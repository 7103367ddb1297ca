import type { RankFailure } from '../../workers/rank-protocol.ts';

/** Words of Rank's frame and of its Teach view. Figures come ready to be read. */
const failures: Record<RankFailure, { title: string; advice: string }> = {
  cancelled: { title: 'Training was stopped.', advice: 'Its finished days are still here.' },
  busy: { title: 'A run is being trained already.', advice: 'Wait for it, or stop it first.' },
  device_lost: {
    title: 'The graphics processor went away twice.',
    advice: 'Finished days are kept. Train on, and the run goes on from there without it.',
  },
  engine_failed: {
    title: 'Training stopped with an error.',
    advice: 'Finished days are kept. Try again; if it happens every time, copy the report and send it to us.',
  },
  weights_missing: {
    title: 'The teacher’s weights could not be downloaded.',
    advice: 'Runs that were shown before are still here. Check the connection and try again.',
  },
  weights_damaged: {
    title: 'The teacher’s weights arrived damaged and were thrown away.',
    advice: 'Try again to fetch them anew.',
  },
  out_of_memory: {
    title: 'There was not enough memory for this run.',
    advice: 'Close other tabs, or choose fewer impressions a day.',
  },
  worker_lost: {
    title: 'The trainer stopped answering twice.',
    advice: 'Finished days are kept. Train on to take the run up again.',
  },
};

export const rank = {
  title: 'Rank',
  views: { label: 'Views', teach: 'Teach', 'pass-on': 'Pass on', look: 'Look', 'your-log': 'Your log' },
  seed: 'Seed',
  /** Why the seed changes nothing in a view; nothing where it does. */
  seedInert: {
    teach: '',
    'pass-on': 'Changes nothing here: the requests are those of the shipped days, seed 7.',
    look: 'Changes nothing here: the requests are those of the shipped days, seed 7.',
    'your-log': 'Changes nothing here: the seed is that of the simulated world.',
  },
  pin: 'Pin',
  unpin: 'Unpin',
  pinHint: 'Keeps this run in quiet ink under the next one',
  share: 'Share',
  shared: 'Link copied',
  shareFailed: 'The link is in the address bar.',
  reset: 'All as at first',
  about: 'About',
  tour: 'Tour',
  controls: 'Controls',
  closeControls: 'Close the controls',
  see: 'What you see',
  close: 'Close',
  report: 'Copy report',
  reportCopied: 'Report copied',
  between: (low: string, high: string) => `${low} to ${high}`,
  kept: 'The settings are in the address, and the runs of this visit are kept.',
  loadingView: 'Opening the view',
  failures,
  replay: {
    gpu: (day: number) =>
      `The graphics processor went away on day ${day}. The days before it are kept; day ${day} is replayed on WebAssembly.`,
    worker: (day: number) =>
      `The trainer stopped on day ${day} and was started anew. The days before it are kept; day ${day} is replayed on WebAssembly.`,
  },
  backend: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' },

  rail: {
    world: 'World',
    teacher: 'Teacher',
    student: 'Student',
    drift: 'What drifts',
    level: {
      name: 'Level',
      text: 'Season, week and a promotion on day 10 move all click rates at once: the adapter can follow.',
    },
    categories: { name: 'Categories', text: 'Some kinds of ads come into fashion, others go out of it.' },
    interests: { name: 'Interests', text: 'People change their tastes: only a fresh teacher knows.' },
    churn: { name: 'Ads', text: 'Ads are born and die: a stale teacher has never seen the new ones.' },
    mix: { name: 'Domains', text: 'Traffic moves between feed, reels and stories.' },
    rows: {
      name: 'Impressions a day',
      text: 'Fewer train sooner and say less: with a tenth of them an interval is about three times as wide.',
    },
    days: { name: 'Days', text: 'How long the stream lasts.' },
    size: {
      name: 'Size of the FM',
      values: { small: 'Small', middle: 'Middle', large: 'Large' },
      text: 'The foundation model sees all domains, long histories and the creative; its students do not.',
    },
    delay: {
      name: 'Delay',
      unit: spanName,
      text: 'From the end of a checkpoint’s training to the first row that it scores.',
    },
    refresh: {
      name: 'New checkpoint every',
      unit: (days: number) => (days === 1 ? 'day' : spanName(days)),
      text: 'Between two of them the teacher ages.',
    },
    outage: {
      name: 'The FM’s pipeline breaks for two days',
      text: 'On days 6 and 7 the teacher sees empty features: watch who takes its word.',
    },
    domain: {
      name: 'Student of',
      values: { feed: 'Feed', reels: 'Reels', stories: 'Stories', all: 'All three' },
      text: 'Which vertical model learns; all three share one teacher and one service.',
    },
    teach: {
      name: 'How it is taught',
      values: { none: 'Not at all', 'one-head': 'One head', auxiliary: 'Auxiliary head' },
      texts: {
        none: 'The student learns from clicks alone. It is the baseline.',
        'one-head':
          'Clicks and teacher pull at the head that serves: the teacher’s bias leaks into what is served.',
        auxiliary:
          'A second head learns from the teacher and never serves: bias can reach what is served through the shared layers alone.',
      },
    },
    gradient: {
      name: '+ Gradient scaling',
      text: 'The second head’s gradient reaches the shared layers β times as strong.',
    },
    label: {
      name: '+ Label scaling',
      text: 'The second head learns min(1, α·yF): small probabilities are lifted to where they can be told apart.',
    },
    adapter: {
      name: '+ Student adapter',
      text: 'A tiny network re-levels the teacher on fresh clicks. It cannot change the teacher’s order.',
    },
    w: { name: 'w', text: 'Weight of the teacher’s word beside a click’s.' },
    beta: { name: 'β', text: 'How much of the second head’s gradient reaches the shared layers.' },
    alpha: { name: 'α', text: 'What the teacher’s probabilities are multiplied by.' },
    inert: {
      noTeacher: 'Changes nothing here: the student is not taught.',
      oneHead: 'Changes nothing here: with one head there is no second one to scale.',
      gradient: 'Changes nothing here: gradient scaling is off.',
      label: 'Changes nothing here: label scaling is off.',
    },
  },

  transport: {
    label: 'Days of the run',
    play: 'Play',
    pause: 'Pause',
    step: 'One day on',
    back: 'One day back',
    stop: 'Stop',
    train: 'Train here',
    trainQuick: (rows: string) => `Train here with ${rows} a day`,
    day: (day: number, days: number) => `day ${day} of ${days}`,
    scrub: 'Day',
    before: (date: string) => `Computed before, ${date}`,
    beforeDetail: (command: string, rows: string) =>
      `This run was finished on our machine by “${command}”, with ${rows} impressions a day. “Train here” computes it anew, in this page.`,
    here: (backend: string) => `Trained here, on ${backend}`,
    phases: {
      world: (day: number) => `Playing the world, ${dayName(day)}`,
      pretraining: (day: number) => `Pretraining, ${dayName(day)}`,
      teacher: (day: number) => `Teacher, ${dayName(day)}`,
      students: (day: number) => `Students, ${dayName(day)}`,
    },
    paused: 'Paused',
    pausing: 'Pauses after this day',
    stopping: 'Stopping',
    progress: 'Training',
    pace: (rows: string) => `${rows} impressions/s`,
    keys: 'Keys while the focus is in this room: Space plays and pauses, S goes one day on, [ and ] move the day, P pins.',
  },

  empty: {
    title: 'These settings have not been run yet.',
    text: 'Nothing is shown until it is computed. Train the run here, in this page; it can be paused and stopped at any time.',
    stale: 'Until then the run before stays, in quiet ink.',
    loading: 'Fetching the finished run',
    working:
      'Training. Each day appears here as soon as it is finished; the bar below says what is being done.',
    otherWorks:
      'These settings have not been run yet, and another run is being trained: stop it below, or wait for it.',
    noLibrary: 'The finished runs could not be fetched; runs can be trained here all the same.',
  },

  charts: {
    choose: 'Main chart',
    enlarge: (title: string) => `Show large: ${title}`,
    day: 'Day of the stream',
    names: {
      ne: 'Entropy',
      calibration: 'Calibration',
      auc: 'AUC',
      xray: 'Bias X-ray',
      ledger: 'Ledger',
      sizes: 'FM size',
    },
    series: {
      student: 'student',
      alone: 'student alone',
      served: 'teacher as it serves',
      fresh: 'fresh teacher',
      oracle: 'the truth itself',
      adapted: 'teacher, adapted',
      leak: 'one head would settle at',
      pinned: 'pinned',
      before: 'run before',
      curve: 'teacher',
      adapterCurve: 'what the adapter makes of it',
      leakCurve: (w: string) => `where one head settles, w = ${w}`,
    },
    marks: { promotion: 'promotion', outage: 'pipeline breaks' },
    ne: {
      title: 'Entropy against the student alone',
      axis: 'NE against the student alone',
      description:
        'By day: how much lower or higher the normalised entropy is than that of the same student without a teacher, in per cent, with 95 % intervals. Below zero is better.',
    },
    calibration: {
      title: 'Calibration',
      axis: 'Predicted over true clicks',
      description:
        'By day: sum of predictions over sum of true click probabilities for student and teacher. One is right; above one is over-prediction.',
    },
    auc: {
      title: 'AUC',
      axis: 'Area under the curve',
      description: 'By day: how well clicks are put in order. Level and scale do not matter here.',
    },
    xray: {
      title: 'Bias X-ray',
      x: 'Teacher predicts',
      y: 'True click probability',
      description:
        'For rows of like teacher prediction, the mean true click probability. On the diagonal the teacher is right. The lines are what the adapter has learnt and where a student with one head would settle.',
    },
    ledger: {
      title: 'What the data augmentation service saves',
      axis: 'Rows on this day',
      description:
        'Rows that each student asks the teacher for on this day, and the calls that the service makes after joining them by id.',
      calls: 'calls to the FM',
      together: 'asked together',
      shared: (share: string) => `${share} shared`,
    },
    sizes: {
      title: 'Transfer ratio over FM size',
      axis: 'Transfer ratio, teacher as it serves',
      description:
        'How much of the lead that the teacher, as it serves, has over the student alone the student took over, for each size of the foundation model, with 95 % intervals; behind it, the share of a fresh teacher’s lead.',
      ofFresh: (share: string) => `${share} of fresh`,
      missing: 'Not computed for these settings yet: choose the size in the controls and train it.',
    },
    end: (name: string, value: string) => `${name} ${value}`,
    againstPinned: (difference: string) => `${difference} against pinned`,
  },

  sentences: {
    none: 'Sentences stand here as soon as a day is finished.',
    span: (days: number) => (days === 1 ? 'On day 1' : `Over days 1 to ${days}`),
    better: (span: string, size: string, interval: string) =>
      `${span} the teacher lowered the student’s normalised entropy by ${size} (${interval}).`,
    worse: (span: string, size: string, interval: string) =>
      `${span} the teacher raised the student’s normalised entropy by ${size} (${interval}): it does harm.`,
    undecided: (span: string, interval: string) =>
      `${span} no effect of the teacher on normalised entropy can be told from chance (${interval}).`,
    baseline: (span: string, ne: string) =>
      `${span} the student learns from clicks alone; its normalised entropy is ${ne}. This is the baseline.`,
    transfer: (share: string, interval: string, ofFresh: string) =>
      `The student took over ${share} (${interval}) of the lead of the teacher as it serves, and ${ofFresh} of that of a fresh one.`,
    staleness: (age: string, size: string, interval: string) =>
      `The teacher’s checkpoint is ${age} old; its age costs it ${size} (${interval}) of normalised entropy.`,
    age: (days: number) => (days === 0 ? 'less than a day' : spanName(days)),
    oneHeadLeak: (day: number, teacher: string, formula: string, student: string) =>
      `On day ${day} the teacher predicts ${teacher} times the true clicks. With one head the leak says ${formula}; the student serves ${student}.`,
    headHolds: (day: number, teacher: string, formula: string, student: string, alone: string) =>
      `On day ${day} the teacher predicts ${teacher} times the true clicks. One head would serve ${formula}; this student serves ${student}, alone it would be ${alone}.`,
    adapter: (day: number, before: string, after: string) =>
      `On day ${day} the adapter moves the teacher’s calibration from ${before} to ${after}.`,
    adapterGain: (size: string) => `Its normalised entropy falls by ${size} with that.`,
    adapterLoss: (size: string) => `Its normalised entropy rises by ${size} with that.`,
    shift: (span: string, loss: string, interval: string) =>
      `${span} the shift of the level since its checkpoint cost the teacher ${loss} (${interval}) of normalised entropy`,
    tookBack: (shift: string, share: string, interval: string) =>
      `${shift}; the adapter took back ${share} (${interval}) of that.`,
    tookNothing: (shift: string, interval: string) =>
      `${shift}; whether the adapter took back any of it cannot be told from chance (${interval}).`,
    madeWorse: (shift: string, share: string, interval: string) =>
      `${shift}; the adapter added ${share} (${interval}) to that instead.`,
    broken: (day: number) => `On day ${day} the FM’s pipeline is broken: the teacher sees empty features.`,
    ledger: (students: number, asked: string, calls: string, saved: string) =>
      `${students} students asked for ${asked} scores on this day; ${calls} calls to the FM were enough, ${saved} fewer.`,
    pinned: (day: number, size: string, direction: 'lower' | 'higher') =>
      `Up to day ${day} normalised entropy is ${size} ${direction} than in the pinned run.`,
    pinnedOtherRows:
      'The pinned run has another world, so its days hold other rows: compare the curves, not the decimals.',
    rows: (rows: string, clicks: string) => `Judged on ${rows} impressions with ${clicks} expected clicks.`,
  },

  aboutTitle: 'What is simulated, how small it is, what is not shown',
  aboutParts: [
    {
      title: 'The log is simulated',
      text: 'Users, ads and clicks come from a seeded simulator. Hidden tastes, quality and bait make the true click probability of every row, and models are judged against it: nobody has that for a real log. Its statistics follow published ones; cross-outs are three times as frequent as in reality, so that they can be learnt.',
    },
    {
      title: 'The models are small',
      text: 'The foundation model has some hundred thousand to a few million parameters; the papers’ have up to a trillion. What is shown is the mechanism, not the size of its effect at scale.',
    },
    {
      title: 'The papers’ tables are not reproduced',
      text: 'Every figure here was measured by this program, on this log. The equations are those of ExFM (arXiv 2502.17494) as a public re-implementation gives them; of early-stage ranking (arXiv 2307.11096) only the abstract is verified.',
    },
    {
      title: 'What an adapter cannot do',
      text: 'The student adapter maps one number to another. It can mend the teacher’s level, never its order: what a stale teacher does not know about new ads only a fresh one does.',
    },
    {
      title: 'What does not hold here',
      text: 'The seven truths that such a laboratory should show hold on three worlds of 100,000 impressions a day, a teacher’s error growing with its age over a week, but not from each day to the next, as the level also drifts back. The runs that open here have 30,000, and there two do not hold in each world: the formula for the leak of one head and the calmness of the auxiliary head hold on average only; and the distilled early stage, which passes on far more of what the final stage would choose, brought more value in two worlds of three.',
    },
    {
      title: 'What a link brings back',
      text: 'All settings and the seed are in the address. Training anew on the same backend gives the same figures; between WebGPU, WebAssembly and our machine they agree to about a thousandth.',
    },
    {
      title: 'Real logs',
      text: 'The real logs that can be had are too small to train on; “Your log” uses them for replay and calibration. A log that you open stays on your device.',
    },
  ],
  facts: {
    title: 'This world',
    seed: 'Seed',
    days: 'Days before the stream, and of it',
    rows: 'Impressions a day',
    users: 'Users',
    ads: 'Ads alive',
    funnel: 'Funnel',
    funnelText: '400 retrieved, 50 past the early stage, 5 past the final one, 1 to 3 shown',
    exploration: 'Exploration',
    explorationText: '2 % of requests show survivors at random, with their propensity',
  },

  keysTitle: 'Keys',
  tourSteps: [
    {
      title: 'A small model learns from a large one',
      text: 'Day by day over a stream that drifts. Below zero the taught student is better than the same student alone, judged by the hidden true probabilities; the band is a 95 % interval.',
    },
    {
      title: 'Pull the parts out one at a time',
      text: 'Choose one head and look at calibration on day 10: the teacher’s bias leaks into what is served. Pin a run first, and it stays in quiet ink under the next one.',
    },
    {
      title: 'Go through the days, or train',
      text: 'Play and step through the stream; the sentences say what the figures of the chosen day show. This run was computed before: “Train here” computes these settings, or any other, in this page.',
    },
    {
      title: 'What the first ranker throws away',
      text: 'Of 400 candidates it passes on 50. Drag the cut or choose another early stage: how many of the final stage’s five best are still among them, and what does it cost?',
    },
    {
      title: 'One request',
      text: 'Each line is a candidate, from its early to its final rank. Vermilion is the one that is selected; below stands why it was lost. Change its bid, and both stages rank again.',
    },
    {
      title: 'The same on your data',
      text: 'Drop a log: it stays on this device. And whatever you set, in any view, stands in the address: “Share” copies a link that brings it back.',
    },
  ],
  tourNav: {
    at: (step: number, steps: number) => `${step} of ${steps}`,
    next: 'Next',
    back: 'Back',
    done: 'Done',
    close: 'End the tour',
  },
} as const;

/** `6 h`, `1 day`, `2 days 12 h` of a number of days. */
function spanName(days: number): string {
  const whole = Math.floor(days);
  const hours = Math.round(24 * (days - whole));
  const parts = [
    ...(whole > 0 ? [whole === 1 ? '1 day' : `${whole} days`] : []),
    ...(hours > 0 || whole === 0 ? [`${hours} h`] : []),
  ];
  return parts.join(' ');
}

function dayName(day: number): string {
  if (day >= 0) return `day ${day + 1}`;
  return day === -1 ? 'the day before the stream' : `${-day} days before the stream`;
}
