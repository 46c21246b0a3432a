import { z } from 'zod';
import { type KindOf, type MetricMeta, reasonOf, unjudged } from '../kind.ts';
import { confirmed, options, ratio } from '../options.ts';
import type { WatchedSubject } from '../subject.ts';
import { WATCHED } from '../watched/name.ts';

const METRICS: readonly MetricMeta[] = [
  { id: 'surprise', title: 'surprise', unit: 'margins', definition: 'surprise@1', worse: 'higher' },
];

/**
 * Whether a value of another monitor's signal lies outside of all that it has been, beside its season too. Strictly by values before it: the
 * detector of `stats/anomaly/surprise.ts`, from the same place however buckets come in.
 */
export const anomaly: KindOf<WatchedSubject> = {
  id: 'anomaly',
  title: 'Anomaly',
  layer: 'model',
  role: 'effect',
  harm: 'drift',
  urgency: 3,
  reads: 'watched',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'how far outside of all that was seen a value lies, in margins: 2 is a fifth of its whole range beyond it, or two fifths of what is left beside its season',
  levelMoves: true,
  defaults: { threshold: 2, window: 'bucket', history: true, minN: 1, m: 1, n: 1 },
  options: options(METRICS, ratio(0), {
    ...confirmed,
    series: z
      .string()
      .regex(/^[a-z_]+\/[a-z_0-9]+(\/.+)?$/, 'must be kind/metric or kind/metric/column, as volume/count')
      .max(600)
      .describe('the signal: `kind/metric`, of a column `kind/metric/column`'),
  }),
  // It has to be told what to look at.
  made: [],
  about: {
    decides:
      'Any signal of the model, named by `series` (`volume/count`, `drift/js_distance_base2/age`, `business/per_prediction/_outcome|revenue`): its level, what is left of it beside the median of the same time of earlier days, and how much it moves are held against all that they have been, within 28 to 56 days (2,000 buckets at most), the newest 24 buckets left out. It breaches when one lies further outside than the threshold; for 100 buckets after that only when it gets clearly worse, so that what goes on is told once. Values are judged in their order, once: corrections of the past change nothing. No model has it until somebody adds it. On noise it fires less than once in three months a series at the default threshold.',
    behind: [
      'what the signal measures changed',
      'an event of the business that never was before: then it is the first of its kind',
    ],
    todo: 'Look at the page Anomalies of the model: the series with its forecast, what changed there, and which other signals moved at the same time.',
  },
  refuse: (_model, { series }) => (series === undefined ? 'options.series must name a signal' : null),
  compute({ valueAt, surpriseAt }, index, { threshold }) {
    const value = valueAt(index);
    if (!Number.isFinite(value)) return unjudged('no_data', 'no_value');
    const found = surpriseAt(index);
    const level = threshold * found.level;
    const verdict = found.surprise > level ? 'breach' : 'clear';
    return {
      ...{ value: found.surprise, low: null, high: null, n: 1, window: 1, threshold: level, baseline: null },
      ...{ status: 'ok', verdict, reason: reasonOf(verdict) },
    };
  },
  phrase: ({ columns, value }) => {
    const far = value === null ? '' : `: ${Number(value.toPrecision(2))} margins outside of all before`;
    return `Unusual ${columns.replaceAll(WATCHED, '').replaceAll('_outcome|', '')}${far}`;
  },
};
