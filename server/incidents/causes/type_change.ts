import { causeOfShare } from './cause-of-share.ts';

/** A feature is sent as another type than it was. */
export const type_change = causeOfShare({
  kind: 'type_change',
  title: 'Changed type',
  advice: 'Compare the sender with the schema: a number that became text, a text that became a number.',
  sentence: (column, share, before) =>
    `${column} has values of another type in ${share} of rows, against ${before} at the reference.`,
});
