import type { PromRange } from '../../store/prometheus/prometheus.ts';
import type { Steps } from '../metrics/steps.ts';

/** At which moments whole steps are evaluated: at the last millisecond of each, looking back over all of it. */
export const evaluatedAt = ({ from, to, stepMs }: Steps): PromRange => ({
  from: from + stepMs - 1,
  to: to - 1,
  stepMs,
});

/** The beginning of the step that was evaluated at a moment. */
export const startOf = (at: number, { stepMs }: Steps): number => at + 1 - stepMs;
