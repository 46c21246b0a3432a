import type { KindOf, MetricMeta } from '../kind.ts';
import { columnShare } from '../measures/column-share.ts';
import { compared, confirmed, options, share, sliced, watched, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    id: 'out_of_range_share',
    title: 'share out of range',
    unit: 'share',
    definition: 'out_of_range_share@1',
    worse: 'higher',
  },
];

/** The share of rows below the smallest or above the largest value of the reference rose. */
export const range: KindOf<ColumnSubject> = {
  id: 'range',
  title: 'Out of range',
  layer: 'data',
  role: 'broken',
  harm: 'data',
  urgency: 2,
  cause: 'out_of_range',
  reads: 'column',
  again: 'rewritten',
  perColumn: true,
  columnType: 'numeric',
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.05, window: 'bucket', minN: 400, m: 2, n: 3 },
  options: options(METRICS, share, { ...watched, ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of rows below the smallest or above the largest value of the reference, against what the reference itself has.',
    behind: ['a changed unit', 'a broken sensor', 'users of a kind that the training data does not have'],
    todo: 'Trees answer with their outermost leaf out there, linear models extrapolate: in both cases nobody has checked these answers.',
  },
  compute: (subject, index, settings) => columnShare(subject, ['out_of_range'], index, settings),
  phrase: ({ columns }) => `Values out of range in ${columns}`,
};
