import type { ReviewItem, ReviewQueue } from '../../api/types.ts';
import { digits, percent, plural } from '../../number/format.ts';

/** Reasons as they are named beside one another. */
export const REASON_NAME: Record<ReviewItem['reason'], string> = {
  audit: 'random sample',
  low_confidence: 'low confidence',
  novel: 'values never seen',
  high_loss: 'high loss',
  unusual_attributions: 'unusual attributions',
};

/** What a reason puts in, in a few words. */
export const REASON_HELP: Record<ReviewItem['reason'], string> = {
  audit: 'drawn at random, as many of each predicted class',
  low_confidence: 'the least sure',
  novel: 'with values that the reference never had',
  high_loss: 'whose label says that they were far off',
  unusual_attributions: 'that went by other features than usual',
};

/** Why somebody should look at this prediction, in a sentence. */
export function whyOf({ reason, value, columns, weight, stratum }: ReviewItem): string {
  switch (reason) {
    case 'audit':
      return `Drawn at random${stratum === '' ? '' : ` among those answered ${stratum}`}${weight === null ? '' : `: it stands for ${digits(weight)} predictions of its bucket`}.`;
    case 'low_confidence':
      return `Among the least sure: its most probable class has ${percent(value)}.`;
    case 'novel':
      return `Has values that the reference never had: ${columns.join(', ')}${value !== null && value > columns.length ? ` and ${value - columns.length} more` : ''}.`;
    case 'high_loss':
      return `Its label says that it was far off: loss ${digits(value ?? 0)}.`;
    case 'unusual_attributions':
      return `Went by other features than usual: ${digits(value ?? 0)} standard deviations from the mean of its bucket.`;
  }
}

/** How the queue stands, in a sentence. */
export function standing({ open, yours, done, skipped, done_by_you, full }: ReviewQueue): string {
  const waits = `${plural(open, 'prediction')} ${open === 1 ? 'waits' : 'wait'}, ${yours} of them for you`;
  const ended = `in the last 24 hours ${done} done and ${skipped} skipped, with ${plural(done_by_you, 'answer')} of yours`;
  return `${waits}; ${ended}.${full ? ' The queue is full: nothing is added until some are done.' : ''}`;
}
