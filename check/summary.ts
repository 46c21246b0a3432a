import type { CheckColumn, CheckReport } from '../contract/check.ts';

/** One sentence on the whole check. */
export function summaryOf(
  columns: readonly CheckColumn[],
  schema: CheckReport['schema'],
  performance: CheckReport['performance'],
  multivariate: CheckReport['multivariate'],
): string {
  const compared = columns.filter(
    ({ status }) => status !== 'skipped' && status !== 'not_enough_data',
  ).length;
  const failing = columns.filter(({ status }) => status === 'drift' || status === 'quality');
  failing.sort((a, b) => a.rank - b.rank);
  const few = columns.filter(({ status }) => status === 'not_enough_data').length;
  const named = failing.slice(0, 3).map(({ name }) => name.slice(0, 60));
  const parts = [
    failing.length === 0
      ? `none of ${plural(compared, 'column')} moved`
      : `${failing.length} of ${plural(columns.length, 'column')} failed: ${named.join(', ')}${failing.length > 3 ? ' …' : ''}`,
    schema.removed.length > 0 ? `${schema.removed.length} removed` : '',
    schema.added.length > 0 ? `${schema.added.length} added` : '',
    schema.retyped.length > 0 ? `${schema.retyped.length} changed type` : '',
    performance.degraded ? 'performance fell' : '',
    multivariate.drift ? 'the rows as a whole moved' : '',
    few > 0 ? `${few} with too little data` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

/** `plural(2, 'column')` → '2 columns' */
export function plural(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
}
