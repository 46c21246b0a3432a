import { columnShare } from '../column-share.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/** The share of rows in which a feature is null or absent rose above its reference. */
export const missing: KindOf<ColumnSubject> = {
  id: 'missing',
  title: 'Missing values',
  layer: 'data',
  harm: 'data',
  reads: 'column',
  perColumn: true,
  metrics: [{ id: 'missing_share', unit: 'share', definition: 'missing_share@1' }],
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.03, window: 'bucket', minN: 400, m: 2, n: 3 },
  compute: (subject, index, settings) => columnShare(subject, ['missing'], index, settings),
  phrase: ({ columns }) => `Missing values in ${columns}`,
};
