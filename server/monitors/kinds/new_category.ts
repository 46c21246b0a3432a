import type { KindOf, MetricMeta } from '../kind.ts';
import { columnShare } from '../measures/column-share.ts';
import { compared, confirmed, options, share, sliced, watched, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    id: 'new_category_share',
    title: 'share of new values',
    unit: 'share',
    definition: 'new_category_share@1',
    worse: 'higher',
  },
];

/**
 * The share of rows with a category that the reference does not list rose. Where the reference has more categories than
 * a profile lists, a new one cannot be told from a rare one; there the share of both together is compared.
 */
export const new_category: KindOf<ColumnSubject> = {
  id: 'new_category',
  title: 'New categories',
  layer: 'data',
  role: 'broken',
  harm: 'data',
  urgency: 2,
  cause: 'new_category',
  reads: 'column',
  again: 'rewritten',
  perColumn: true,
  columnType: 'categorical',
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.05 is five points of a hundred',
  defaults: { threshold: 0.05, window: 'bucket', minN: 400, m: 2, n: 3 },
  options: options(METRICS, share, { ...watched, ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of rows with a category that the reference does not list. Where the reference has more categories than a profile lists, new and rare ones are compared together.',
    behind: ['a renamed category', 'a new product, region or device', 'another spelling or letter case'],
    todo: 'A renamed category is mended upstream. A truly new one means that the model has never learned it.',
  },
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
