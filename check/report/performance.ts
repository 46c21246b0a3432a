import type { CheckReport } from '../../contract/check.ts';
import { plain } from './text.ts';

/** The names of all metrics that any side has, in the order of the first. */
export function metricNames({ performance }: Pick<CheckReport, 'performance'>): string[] {
  const { reference, current, estimated } = performance.intervals;
  return [...new Set([reference, current, estimated].flatMap((metrics) => Object.keys(metrics ?? {})))];
}

/** One sentence on the rows as a whole; null where they were not compared. */
export function wholeSentence({ multivariate }: Pick<CheckReport, 'multivariate'>): string | null {
  const { domain_classifier_auc: auc, low, high, threshold, columns, drift } = multivariate;
  if (auc === null) return null;
  const bounds = low !== undefined && high !== undefined ? ` (${low.toFixed(2)}–${high.toFixed(2)})` : '';
  const by = columns.slice(0, 3).map(({ name }) => plain(name).slice(0, 60));
  const apart = drift && by.length > 0 ? `, mostly by ${by.join(', ')}` : '';
  return `all columns together: a classifier tells the two tables apart with AUC ${auc.toFixed(2)}${bounds}${apart}; 0.5 = not at all, threshold ${threshold.toFixed(2)}`;
}
