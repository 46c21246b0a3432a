import type { KindOf, MetricMeta } from '../kind.ts';
import { columnShare } from '../measures/column-share.ts';
import { compared, confirmed, options, share, sliced, watched, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    id: 'missing_share',
    title: 'share missing',
    unit: 'share',
    definition: 'missing_share@1',
    worse: 'higher',
  },
];

/** The share of rows in which a feature is null or absent rose above its reference. */
export const missing: KindOf<ColumnSubject> = {
  id: 'missing',
  title: 'Missing values',
  layer: 'data',
  role: 'broken',
  harm: 'data',
  urgency: 2,
  cause: 'missing_values',
  reads: 'column',
  again: 'rewritten',
  perColumn: true,
  looksAt: 'presence',
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.03 is three points of a hundred',
  defaults: { threshold: 0.03, window: 'bucket', minN: 400, m: 2, n: 3 },
  options: options(METRICS, share, { ...watched, ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of rows in which a feature is null or absent, against the reference. It breaches when the lower bound of the increase (Newcombe) passes the threshold. A large jump is seen within a bucket; a small steady one as soon as there is evidence for it.',
    behind: [
      'a source that stopped delivering',
      'a join that no longer finds its partner',
      'a field that was renamed',
    ],
    todo: 'Ask the owner of the source since when. The model still answers, on whatever it does with missing values.',
  },
  compute: (subject, index, settings) => columnShare(subject, ['missing'], index, settings),
  phrase: ({ columns }) => `Missing values in ${columns}`,
};
