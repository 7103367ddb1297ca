import type { RankerName } from '../../../funnel/scored-request.ts';
import type { Tone } from '../../kit/chart/tones.ts';

/** One colour, dash and shape for each early stage, on every chart. */
export const RANKER_TONES: Record<RankerName, Tone> = {
  clicks: 'orange',
  separate: 'purple',
  'multi-task': 'sky',
  distilled: 'blue',
  mmoe: 'green',
  relation: 'ink',
  oracle: 'quiet',
};
