import { columnShare } from '../column-share.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/** The share of rows below the smallest or above the largest value of the reference rose. */
export const range: KindOf<ColumnSubject> = {
  id: 'range',
  title: 'Out of range',
  layer: 'data',
  harm: 'data',
  reads: 'column',
  perColumn: true,
  columnType: 'numeric',
  metrics: [{ id: 'out_of_range_share', unit: 'share', definition: 'out_of_range_share@1' }],
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.05, window: 'bucket', minN: 400, m: 2, n: 3 },
  compute: (subject, index, settings) => columnShare(subject, ['out_of_range'], index, settings),
  phrase: ({ columns }) => `Values out of range in ${columns}`,
};
