import type { MonitorKind } from '../api/types.ts';
import { kindTable } from './kinds.ts';

const kind = (id: string, title: string, change: Partial<MonitorKind>): MonitorKind => ({
  id,
  title,
  layer: 'data',
  role: 'shift',
  harm: 'drift',
  per_column: true,
  column_type: null,
  model_column: null,
  stands_for: null,
  cause: null,
  severity: 'ticket',
  metrics: [],
  threshold_means: '',
  level_moves: false,
  defaults: { window: 'bucket', min_n: 1, m: 2, n: 3 },
  options: {},
  about: { decides: '', behind: [], todo: '' },
  ...change,
});

/** A table as the API gives it, shorter. */
export const KINDS = kindTable([
  kind('performance', 'Performance', {
    role: 'effect',
    harm: 'quality',
    stands_for: 'realised',
    layer: 'model',
    per_column: false,
  }),
  kind('latency', 'Latency', { role: 'effect', harm: 'service', layer: 'serving', per_column: false }),
  kind('missing', 'Missing values', { role: 'broken', harm: 'data', cause: 'missing_values' }),
  kind('drift', 'Input drift', { cause: 'covariate_shift' }),
]);
