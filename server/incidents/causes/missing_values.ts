import { causeOfShare } from './cause-of-share.ts';

/** A feature ceased to be filled. */
export const missing_values = causeOfShare({
  kind: 'missing_values',
  title: 'Missing values',
  advice: 'Find the step that fills this feature, and what changed in it at that time.',
  sentence: (column, share, before) =>
    `${column} is missing in ${share} of rows, against ${before} at the reference.`,
});
