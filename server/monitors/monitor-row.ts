import { TiltmeterError } from '../../contract/errors.ts';
import type { Monitor, MonitorOptions } from '../../contract/monitor.ts';
import type { MonitorKind } from '../../contract/signal.ts';
import type { MonitorRow } from '../store/ledger/schema.ts';
import { KINDS } from './kinds/index.ts';

/** A stored monitor as the API shows it. */
export function monitorOf(row: MonitorRow): Monitor {
  return {
    id: row.id,
    model: row.model,
    kind: row.kind as MonitorKind,
    options: JSON.parse(row.options) as MonitorOptions,
    severity: row.severity,
    enabled: row.enabled === 1,
    origin: row.origin,
  };
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
