import { type KindOf, unjudged } from '../kind.ts';
import { shareIncrease } from '../share-increase.ts';
import type { ErrorSubject } from '../subject.ts';

/** The share of answers with an error rose above the reference; a reference without one is taken to have none. */
export const error_rate: KindOf<ErrorSubject> = {
  id: 'error_rate',
  title: 'Error rate',
  layer: 'serving',
  harm: 'service',
  reads: 'errors',
  perColumn: false,
  metrics: [{ id: 'error_share', unit: 'share', definition: 'error_share@1' }],
  severity: 'page',
  thresholdMeans: 'increase of the share over the reference; 0.02 is two points of a hundred',
  defaults: { threshold: 0.02, window: 'bucket', minN: 100, m: 2, n: 3 },
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
