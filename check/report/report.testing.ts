import type { CheckColumn, CheckReport, ColumnStatus } from '../../contract/check.ts';

const nothing = { reference: null, current: null };

/** A column of a report for tests; everything can be said otherwise. */
export function column(
  name: string,
  status: ColumnStatus,
  rank: number,
  more: Partial<CheckColumn> = {},
): CheckColumn {
  const fails = status === 'drift' || status === 'quality';
  return {
    name,
    type: 'categorical',
    status,
    reasons: fails
      ? [`"a" went from 50 % to 10 %; JS distance 0.31, interval 0.27–0.35, threshold 0.10`]
      : status === 'ok'
        ? []
        : ['an identifier: its values hardly repeat'],
    missing: { reference: 0, current: 0.02 },
    invalid: { reference: 0, current: 0 },
    score:
      status === 'skipped'
        ? null
        : { id: 'js_distance_base2', value: 0.31, low: 0.27, high: 0.35, threshold: 0.1, q: 0.001 },
    tests: { psi: { value: 0.4 }, chi_square: { statistic: 12, p: 0 } },
    importance: null,
    rank,
    summary: {
      mean: nothing,
      std: nothing,
      min: nothing,
      max: nothing,
      distinct: { reference: 2, current: 2 },
    },
    bins: [
      { label: 'a', kind: 'category', reference: 50, current: 10 },
      { label: 'b', kind: 'category', reference: 50, current: 88 },
      { label: 'missing', kind: 'missing', reference: 0, current: 2 },
    ],
    ...more,
  };
}

/** A whole report of these columns. */
export function reportOf(columns: CheckColumn[], more: Partial<CheckReport> = {}): CheckReport {
  const failing = columns.filter(({ status }) => status === 'drift' || status === 'quality');
  return {
    verdict: failing.length > 0 ? 'fail' : 'pass',
    summary: `${failing.length} of ${columns.length} columns failed`,
    rows: { reference: 100, current: 100 },
    sources: { reference: 'training.parquet', current: 'current.parquet' },
    duration_ms: 1234,
    columns,
    schema: { added: [], removed: [], retyped: [] },
    multivariate: { domain_classifier_auc: null, drift: false, threshold: 0.65, columns: [] },
    performance: {
      task: null,
      degraded: false,
      reasons: [],
      reference: null,
      current: null,
      estimated: null,
      estimate_worth: null,
      intervals: { reference: null, current: null, estimated: null },
      worst_segments: [],
    },
    notes: [],
    ...more,
  };
}

/** Names and values that try to be something else wherever they are written. */
export const HOSTILE = [
  '</script><script>document.title="taken"</script>',
  '"><img src=x onerror="document.title=1">',
  "'; DROP TABLE x; --",
  '\u001b[31mred\u001b[0m\u0007',
  '| a | b |\n# title [link](javascript:x) <b>`',
  ']]> &amp; &lt; \u0000\u000b',
  '\u202egnp.exe',
  '名前と値の列🙂',
] as const;
