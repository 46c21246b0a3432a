import { TiltmeterError } from '../../contract/errors.ts';
import type { Monitor, MonitorOptions } from '../../contract/monitor.ts';
import type { MonitorKind } from '../../contract/signal.ts';
import type { MonitorRow } from '../store/ledger/schema.ts';
import { KINDS } from './kinds/index.ts';

/** A stored monitor as the API shows it. */
export function monitorOf(row: MonitorRow): Monitor {
  const kind = row.kind as MonitorKind;
  const options = JSON.parse(row.options) as MonitorOptions;
  return {
    id: row.id,
    model: row.model,
    kind,
    options,
    severity: row.severity,
    enabled: row.enabled === 1,
    origin: row.origin,
    defaults: defaultsOf(kind, options.metric),
  };
}

/** What counts for a kind, and for one of its metrics when it is named. */
export function defaultsOf(kind: MonitorKind, metric: string | undefined): Monitor['defaults'] {
  const { metrics, defaults, thresholdMeans } = KINDS[kind];
  const possible = metrics.filter(({ id }) => metric === undefined || id === metric);
  const thresholds = new Set(possible.map(({ threshold = defaults.threshold }) => threshold));
  const { m, n, minN } = defaults;
  const threshold = thresholds.size === 1 ? [...thresholds][0]! : null;
  return { threshold, threshold_means: thresholdMeans, m, n, min_n: minN };
}

/** Refuses options that the kind cannot use. Errors: invalid_request. */
export function checkOptions(kind: MonitorKind, { metric, m, n, columns }: MonitorOptions): void {
  const { metrics, perColumn, title } = KINDS[kind];
  if (metric !== undefined && !metrics.some(({ id }) => id === metric))
    throw new TiltmeterError(
      'invalid_request',
      `options.metric of ${kind} is one of ${metrics.map(({ id }) => id).join(', ')}`,
    );
  if (columns !== undefined && !perColumn)
    throw new TiltmeterError('invalid_request', `${title} has no columns`);
  if (m !== undefined && n !== undefined && m > n)
    throw new TiltmeterError('invalid_request', 'options.m must not be larger than options.n');
}
