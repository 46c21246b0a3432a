import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import type { Prometheus, PromSeries } from '../../store/prometheus/prometheus.ts';
import { CLASSIC_REQUESTS } from '../metrics/catalogue.ts';
import { type BucketRow, STATUS_LABELS, stepOf } from '../metrics/read-classic.ts';
import { requestSeries } from '../metrics/request-series.ts';
import type { Steps } from '../metrics/steps.ts';
import type { Tie } from '../metrics/tie.ts';
import { evaluatedAt, startOf } from './evaluated.ts';
import { tied } from './promql.ts';

/** Requests a second, errors and latency out of the best classic histogram that is there. */
export async function requestsOf(
  prometheus: Prometheus,
  names: ReadonlySet<string>,
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const metric = CLASSIC_REQUESTS.find(({ name }) => names.has(`${name}_count`));
  if (metric === undefined) return [];
  const increase = (and = '') =>
    tied(`${metric.name}_bucket`, tie, (one) => `increase(${one}[${steps.stepMs}ms])`, and);
  const all = increase(',le="+Inf"');
  const ask = (query: string) => prometheus.range(query, evaluatedAt(steps));
  const [buckets, statuses, instances] = await Promise.all([
    ask(`sum by (le) (${increase()})`),
    ask(`sum by (${STATUS_LABELS.join(', ')}) (${all})`),
    ask(`count(sum by (instance, pod) (${all}))`),
  ]);
  const rows = rowsOf(buckets, statuses, instances[0], steps);
  const found = [...Map.groupBy(rows, ({ step }) => step)].flatMap(([step, of]) => stepOf(step, of) ?? []);
  return found.length === 0 ? [] : requestSeries({ metric, steps: found }, steps.stepMs);
}

function rowsOf(
  buckets: readonly PromSeries[],
  statuses: readonly PromSeries[],
  instances: PromSeries | undefined,
  steps: Steps,
): BucketRow[] {
  const by = (begins: string) => {
    const sums = new Map<number, number>();
    for (const { labels, points } of statuses) {
      const status = STATUS_LABELS.map((label) => labels[label] ?? '').find((one) => one !== '') ?? '';
      if (status === '' || !status.startsWith(begins)) continue;
      for (const [at, value] of points) sums.set(at, (sums.get(at) ?? 0) + value);
    }
    return sums;
  };
  const [failed, refused, told] = [by('5'), by('4'), by('')];
  const running = new Map(instances?.points ?? []);
  return buckets.flatMap(({ labels, points }) =>
    points
      .filter(([, value]) => value > 0)
      .map(([at, requests]) => ({
        metric: '',
        step: startOf(at, steps) / steps.stepMs,
        ...{ le: labels.le ?? '', requests, a_step: requests },
        ...{ failed: failed.get(at) ?? 0, refused: refused.get(at) ?? 0, told: told.get(at) ?? 0 },
        instances: running.get(at) ?? 1,
      })),
  );
}
