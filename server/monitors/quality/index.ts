import { FROM_ANSWERS } from './from-answers.ts';
import { FROM_PROBABILITIES } from './from-probabilities.ts';
import { FROM_RANKINGS } from './from-rankings.ts';
import { FROM_RESIDUALS } from './from-residuals.ts';
import { FROM_SCORES } from './from-scores.ts';
import type { QualityMetric } from './metric.ts';

/** Every metric of quality, the most telling of its evidence first. */
export const QUALITY_METRICS: readonly QualityMetric[] = [
  ...FROM_SCORES,
  ...FROM_ANSWERS,
  ...FROM_RESIDUALS,
  ...FROM_PROBABILITIES,
  ...FROM_RANKINGS,
];

export function qualityMetric(id: string): QualityMetric | undefined {
  return QUALITY_METRICS.find(({ meta }) => meta.id === id);
}
