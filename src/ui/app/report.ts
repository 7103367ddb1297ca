import { FACTS } from './facts.ts';

/** What went wrong, for those who can mend it: never a picture, a file's name or what was read. */
export type Failed = {
  code: string;
  /** The machine's own words. */
  message: string;
  /** Sizes, timings, the backend. */
  facts?: Readonly<Record<string, string | number>>;
};

/** The report as text, a line for each fact. */
export function reportText({ code, message, facts = {} }: Failed, where: Record<string, string>): string {
  const lines = Object.entries({ problem: code, message, ...facts, ...where });
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** Program, page and browser. */
export function surroundings(): Record<string, string> {
  const { innerWidth, innerHeight, devicePixelRatio } = window;
  return {
    version: FACTS.version,
    weights: FACTS.weights,
    page: location.pathname,
    window: `${innerWidth} × ${innerHeight} at ${devicePixelRatio}`,
    online: String(navigator.onLine),
    webgpu: String('gpu' in navigator),
    languages: navigator.languages.join(' '),
    browser: navigator.userAgent,
    time: new Date().toISOString(),
  };
}
