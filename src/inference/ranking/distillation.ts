/** How a student learns from its teacher. α = β = 1 leaves label and gradient scaling out. */
export interface Distillation {
  readonly mode: 'none' | 'one head' | 'auxiliary head';
  readonly w: number;
  readonly alpha: number;
  readonly beta: number;
  readonly adapter: boolean;
}

export const NO_DISTILLATION: Distillation = { mode: 'none', w: 1, alpha: 1, beta: 1, adapter: false };
