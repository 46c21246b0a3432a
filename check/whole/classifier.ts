import type { CheckMultivariate } from '../../contract/check.ts';
import { domainClassifier } from '../../stats/multivariate/domain-classifier.ts';
import { random } from '../../stats/random.ts';
import type { WholeRows } from './sample.ts';

/** The lower bound of the area at which the rows as a whole count as moved. */
export const DOMAIN_THRESHOLD = 0.65;
/** What is told of a table that was not looked at as a whole. */
export const NOT_COMPARED = {
  domain_classifier_auc: null,
  drift: false,
  threshold: DOMAIN_THRESHOLD,
  columns: [],
} satisfies CheckMultivariate;

const SEED = 20_261_120;

/**
 * Domain classifier over all input columns: trees learn to tell current from reference rows. What it finds beyond the single
 * columns are changed combinations.
 */
export function tellApart({ reference, current }: WholeRows): CheckMultivariate {
  const found = domainClassifier(reference, current, { random: random(SEED), folds: 3, trees: 20 });
  if ('reason' in found) return { ...NOT_COMPARED, reason: found.reason };
  const separating = found.importance.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  return {
    domain_classifier_auc: found.value,
    low: found.low,
    high: found.high,
    drift: found.low >= DOMAIN_THRESHOLD,
    threshold: DOMAIN_THRESHOLD,
    columns: separating.slice(0, 20),
  };
}
