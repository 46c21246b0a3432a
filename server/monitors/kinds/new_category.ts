import { columnShare } from '../column-share.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/**
 * The share of rows with a category that the reference does not list rose. Where the reference has more categories than
 * a profile lists, a new one cannot be told from a rare one; there the share of both together is compared.
 */
export const new_category: KindOf<ColumnSubject> = {
  id: 'new_category',
  title: 'New categories',
  layer: 'data',
  harm: 'data',
  reads: 'column',
  perColumn: true,
  columnType: 'categorical',
  metrics: [{ id: 'new_category_share', unit: 'share', definition: 'new_category_share@1' }],
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.05 is five points of a hundred',
  defaults: { threshold: 0.05, window: 'bucket', minN: 400, m: 2, n: 3 },
  compute(subject, index, settings) {
    const bins = subject.reference?.bins;
    return columnShare(
      subject,
      bins?.kind === 'categorical' && !bins.complete ? ['new', 'other'] : ['new'],
      index,
      settings,
    );
  },
  phrase: ({ columns }) => `New categories in ${columns}`,
};
