import { causeOfShare } from './cause-of-share.ts';

/** Categories came that the model has not been trained on. */
export const new_category = causeOfShare({
  kind: 'new_category',
  title: 'New categories',
  namesNewValues: true,
  advice: 'See which categories are new: a renamed code, a new product, another language.',
  sentence: (column, share, before) =>
    `${share} of rows have a category of ${column} that the reference does not list, against ${before} at the reference.`,
});
