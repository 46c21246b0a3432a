import { causeOfShare } from './cause-of-share.ts';

/** Values came that are smaller or larger than any the model has been trained on. */
export const out_of_range = causeOfShare({
  kind: 'out_of_range',
  title: 'Out of range',
  advice:
    'Look for a changed unit, a sentinel such as -1 or 9999, or a world that went beyond the training data.',
  sentence: (column, share, before) =>
    `${column} lies outside the range of the reference in ${share} of rows, against ${before} before.`,
});
