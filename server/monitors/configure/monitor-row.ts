import type { Monitor, MonitorOptions } from '../../../contract/monitor.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import { kindOf } from '../kinds/index.ts';

/** A stored monitor as the API shows it. */
export function monitorOf(row: MonitorRow): Monitor {
  const options = JSON.parse(row.options) as MonitorOptions;
  return {
    id: row.id,
    model: row.model,
    kind: row.kind,
    options,
    severity: row.severity,
    enabled: row.enabled === 1,
    origin: row.origin,
    defaults: defaultsOf(row.kind, options.metric),
  };
}

/** What counts for a kind, and for one of its metrics when it is named. A kind of another version has none. */
function defaultsOf(id: string, metric: unknown): Monitor['defaults'] {
  const kind = kindOf(id);
  if (!kind) return { threshold: null, threshold_means: '', m: 1, n: 1, min_n: 1 };
  const { metrics, defaults, thresholdMeans } = kind;
  const possible = metrics.filter((each) => metric === undefined || each.id === metric);
  const thresholds = new Set(possible.map(({ threshold = defaults.threshold }) => threshold));
  const { m, n, minN } = defaults;
  const [threshold = null] = thresholds.size === 1 ? thresholds : [];
  return { threshold, threshold_means: thresholdMeans, m, n, min_n: minN };
}
