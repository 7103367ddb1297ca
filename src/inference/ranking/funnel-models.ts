import { EARLY_MODELS, type EarlyModelName } from '../../funnel/scored-request.ts';
import {
  type ConversionCounts,
  createConversionCounts,
  createEarlyStage,
  type EarlyStage,
} from './early-stage.ts';
import { createFinalStage, type FinalStage } from './final-stage.ts';

/** All models of the funnel, plain data: a structured clone is a checkpoint. */
export interface FunnelModels {
  readonly final: FinalStage;
  readonly early: Readonly<Record<EarlyModelName, EarlyStage>>;
  readonly counts: ConversionCounts;
}

export function createFunnelModels(seed: number): FunnelModels {
  const early = (name: EarlyModelName) => createEarlyStage(name, seed + 1000 * EARLY_MODELS.indexOf(name));
  return {
    final: createFinalStage(seed),
    early: {
      clicks: early('clicks'),
      separate: early('separate'),
      'multi-task': early('multi-task'),
      distilled: early('distilled'),
      mmoe: early('mmoe'),
      relation: early('relation'),
    },
    counts: createConversionCounts(),
  };
}
