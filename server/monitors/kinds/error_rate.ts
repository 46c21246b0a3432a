import { type KindOf, type MetricMeta, unjudged } from '../kind.ts';
import { shareIncrease } from '../measures/share-increase.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import type { ErrorSubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    id: 'error_share',
    title: 'share of errors',
    unit: 'share',
    definition: 'error_share@1',
    worse: 'higher',
  },
];

/** The share of answers with an error rose above the reference; a reference without one is taken to have none. */
export const error_rate: KindOf<ErrorSubject> = {
  id: 'error_rate',
  title: 'Error rate',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 1,
  cause: 'infrastructure_saturation',
  reads: 'errors',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.02 is two points of a hundred',
  defaults: { threshold: 0.02, window: 'bucket', minN: 100, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of predictions with an `error`, against the reference; where the reference has none, none are expected.',
    behind: [
      'a dependency of the service that fails',
      'input that the service does not accept',
      'a broken version',
    ],
    todo: 'The errors are grouped by their class, the text before the first colon. The newest deployment is the first suspect.',
  },
  compute({ track, reference }, index, settings) {
    if (track.buckets <= index) return unjudged('no_data', 'no_predictions');
    // Without a reference: as if none of very many answers had failed.
    const known = reference !== null && reference.n > 0 ? reference : { errors: 0, n: 1e9 };
    return shareIncrease(
      {
        n: (from, to) => track.total(from, to),
        hits: (from, to) => track.sum(1, from, to),
        reference: { hits: known.errors, n: known.n },
      },
      index,
      settings,
    );
  },
  phrase: ({ value }) =>
    value === null ? 'More errors than usual' : `Errors in ${percent(value)} of answers`,
};

function percent(share: number): string {
  return `${(share * 100).toPrecision(share < 0.1 ? 2 : 3)} %`;
}
