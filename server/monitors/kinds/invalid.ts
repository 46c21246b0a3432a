import { columnShare } from '../column-share.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/** The share of rows whose value does not fit the column's type rose above its reference. */
export const invalid: KindOf<ColumnSubject> = {
  id: 'invalid',
  title: 'Values of the wrong type',
  layer: 'data',
  harm: 'data',
  reads: 'column',
  perColumn: true,
  metrics: [{ id: 'invalid_share', unit: 'share', definition: 'invalid_share@1' }],
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.02, window: 'bucket', minN: 400, m: 2, n: 3 },
  compute: (subject, index, settings) => columnShare(subject, ['invalid'], index, settings),
  phrase: ({ columns }) => `Values of the wrong type in ${columns}`,
};
