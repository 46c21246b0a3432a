import type { CheckColumn, CheckReport } from '../contract/check.ts';
import { grouped } from '../contract/counted.ts';

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
  const small = columns.filter(({ status }) => status === 'shift').sort((a, b) => a.rank - b.rank);
  const few = columns.filter(({ status }) => status === 'not_enough_data').length;
  const nothing = compared === 0 && few > 0;
  const parts = [
    verdictOn(columns.length, compared, failing, small.length, nothing ? few : 0),
    small.length > 0 ? `${small.length} moved, small: ${listed(small)}` : '',
    schema.removed.length > 0 ? `${schema.removed.length} removed` : '',
    schema.added.length > 0 ? `${schema.added.length} added` : '',
    schema.retyped.length > 0 ? `${schema.retyped.length} changed type` : '',
    performance.degraded ? 'performance fell' : '',
    multivariate.drift ? `the rows as a whole moved${mostlyBy(multivariate)}` : '',
    ...wholeRemarks(multivariate, failing.length === 0),
    few > 0 && !nothing ? `${few} with too little data` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

function verdictOn(
  all: number,
  compared: number,
  failing: readonly CheckColumn[],
  small: number,
  unjudged: number,
): string {
  if (unjudged > 0) return `nothing was judged: ${plural(unjudged, 'column')} with too little data`;
  if (failing.length === 0 && small > 0) return `none of ${plural(compared, 'column')} moved far`;
  if (failing.length === 0) return `none of ${plural(compared, 'column')} moved`;
  return `${failing.length} of ${plural(all, 'column')} failed: ${listed(failing)}`;
}

/** Repeated rows and pairs of columns, where there is something to say. */
function wholeRemarks(
  { distance, repeated, dependence }: CheckReport['multivariate'],
  calm: boolean,
): string[] {
  const pairs = dependence?.changed ?? [];
  const [first] = pairs;
  return [
    calm && distance?.moved
      ? `all columns together moved a little: distance ${distance.value.toFixed(2)} (${distance.low.toFixed(2)}–${distance.high.toFixed(2)})`
      : '',
    repeated && repeated.status !== 'ok' ? `${(100 * repeated.current).toFixed(1)} % of the rows repeat` : '',
    first
      ? `${plural(pairs.length, 'pair')} of columns changed: ${first.columns.map((name) => name.slice(0, 60)).join(' and ')}${pairs.length > 1 ? ' …' : ''}`
      : '',
  ];
}

/** The columns by which the rows can be told apart. */
function mostlyBy({ columns }: CheckReport['multivariate']): string {
  const named = columns.slice(0, 3).map(({ name }) => name.slice(0, 60));
  return named.length > 0 ? `, mostly ${named.join(', ')}` : '';
}

function listed(columns: readonly CheckColumn[]): string {
  const names = columns.slice(0, 3).map(({ name }) => name.slice(0, 60));
  return names.join(', ') + (columns.length > 3 ? ' …' : '');
}

/** `plural(2, 'column')` → '2 columns' */
export function plural(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}
