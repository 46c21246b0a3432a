import type { Signal } from '../../api/types.ts';
import type { Kinds } from '../kinds.ts';
import { columnName, metricName } from '../metric.ts';
import { whole } from '../model/signals.ts';

/** Every signal of the whole model that an anomaly can be looked for in, by what the API calls it. */
export function seriesOf(signals: readonly Signal[], kinds: Kinds): [string, string][] {
  return whole(signals)
    .filter(({ unit }) => unit !== 'margins')
    .map(({ kind, metric, column }) => [
      [kind, metric, ...(column === '' ? [] : [column])].join('/'),
      [
        `${kinds.of(kind)?.title ?? kind}: ${metricName(metric)}`,
        ...(column === '' ? [] : [columnName(column)]),
      ].join(' of '),
    ]);
}
