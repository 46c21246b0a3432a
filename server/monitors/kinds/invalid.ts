import type { KindOf, MetricMeta } from '../kind.ts';
import { columnShare } from '../measures/column-share.ts';
import { compared, confirmed, options, share, sliced, watched, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    id: 'invalid_share',
    title: 'share invalid',
    unit: 'share',
    definition: 'invalid_share@1',
    worse: 'higher',
  },
];

/** The share of rows whose value does not fit the column's type rose above its reference. */
export const invalid: KindOf<ColumnSubject> = {
  id: 'invalid',
  title: 'Values of the wrong type',
  layer: 'data',
  role: 'broken',
  harm: 'data',
  urgency: 2,
  cause: 'type_change',
  reads: 'column',
  again: 'rewritten',
  perColumn: true,
  looksAt: 'presence',
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.02, window: 'bucket', minN: 400, m: 2, n: 3 },
  options: options(METRICS, share, { ...watched, ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of rows whose value does not fit the type of the column (text where numbers are expected), against the reference. The values are kept beside the column and can be read in each record.',
    behind: [
      'another format (`"1,5"` for `1.5`)',
      'an error text where a number belongs',
      'a changed schema upstream',
    ],
    todo: 'Open some records: the values are shown as they were sent.',
  },
  compute: (subject, index, settings) => columnShare(subject, ['invalid'], index, settings),
  phrase: ({ columns }) => `Values of the wrong type in ${columns}`,
};
