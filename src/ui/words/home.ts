/** Words of the home page. */
export const home = {
  title: 'Photograph a page of music and take it away as a score. Or see how ads are ranked.',
  lead: 'Both happen in this page: no server, no account, and nothing that you open here leaves your device.',
  readDoor: {
    title: 'Read',
    text: 'Turn a photo into symbols and an engraved score; hear it, correct it, save it as MusicXML or MIDI.',
    open: 'Open the reading room',
  },
  strip: {
    open: 'Watch this page being read',
    caption:
      'Read by this program when the site was built, from a page that our own camera simulator spoilt.',
    alt: 'A photographed staff, and below it the same staff engraved from what the reader recognised',
  },
  rankDoor: {
    title: 'Rank',
    text: 'A laboratory of two ads-ranking systems on a simulated service: a large model that teaches small ones while the world drifts, and a first ranker that must pass on what the last one would pick.',
    open: 'Open the ranking room',
  },
  funnel: {
    caption:
      'Computed by this program with its own weights when the site was built, on requests of simulated days that they had not seen.',
    openRequest: 'Look into this request',
    openRecall: 'See it at every cut',
    switch: 'Distillation',
    alt: (candidates: number, cut: number, found: number) =>
      `Of ${candidates} candidates the early stage passes on ${cut}; ${found} of the five that the final stage ranks first are among them.`,
    recall: (cut: number) => `of what the final stage ranks first are among the ${cut} passed on`,
    interval: (low: string, high: string, requests: number) =>
      `recall at the cut, mean of ${requests} requests, 95 % interval ${low} to ${high} %; one of them is drawn.`,
    stages: {
      candidates: (count: number) => `${count} retrieved`,
      kept: (count: number) => `${count} kept`,
      wanted: (count: number) => `${count} best`,
      winner: (count: number) => `${count}`,
    },
  },
  factsTitle: 'Three facts',
  facts: {
    measured: 'how it was measured',
    size: (megabytes: string) => ({
      figure: `${megabytes} MB`,
      text: 'of weights for reading, fetched once, when you first read a page.',
    }),
    errors: (percent: string) => ({
      figure: `${percent} %`,
      text: 'of symbols read wrong on photographs of pages that a phone took.',
    }),
    offline: {
      figure: 'Offline',
      text: 'Once fetched, everything works without a connection. No request leaves this site while you use it; a test in a browser watches that it stays so.',
    },
  },
};
