import type { ProfileColumn } from '../../contract/table-profile.ts';
import { HALF } from '../axis.ts';
import { histogramOf } from '../compare/histogram.ts';
import type { CountedColumn } from '../count.ts';
import { asSpelt, type PlannedColumn } from '../plan.ts';
import { cellQuantiles } from './quantiles.ts';
import { remarksOn } from './remarks.ts';

/** Categories that are listed. */
const TOP = 10;

/** One column described from its survey and its counts; pure. */
export function describeColumn(
  planned: PlannedColumn,
  counted: CountedColumn,
  range: readonly [string, string] | null,
): ProfileColumn {
  const { name, type, plan, reference: survey } = planned;
  const n = counted.n - counted.missing;
  const { distinct, exact } = n === 0 ? { distinct: 0, exact: true } : distinctOf(planned, counted);
  const top = [...asSpelt(planned, counted).counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, TOP);
  const whole = type === 'text' || survey.integers >= survey.numbers;
  const drawn = plan.axis === null ? null : histogramOf(plan.axis, [counted.grid]);
  return {
    name,
    stored: survey.stored,
    type,
    n,
    missing: { n: counted.missing, share: counted.n === 0 ? 0 : counted.missing / counted.n },
    invalid: counted.invalid,
    distinct,
    distinct_exact: exact,
    measures: type === 'text' ? 'lengths' : 'values',
    mean: counted.mean,
    std: counted.variance === null ? null : Math.sqrt(Math.max(0, counted.variance)),
    min: counted.min,
    max: counted.max,
    quantiles: plan.axis && cellQuantiles(counted.grid, plan.axis, counted.min, counted.max, whole),
    first: range?.[0] ?? null,
    last: range?.[1] ?? null,
    top: top.map(([value, count]) => ({ value, n: count, share: count / Math.max(1, n) })),
    rest: top.length === 0 ? 0 : n - top.reduce((sum, [, count]) => sum + count, 0),
    histogram: drawn && { edges: [...drawn.edges], scale: drawn.scale, counts: [...drawn.counts[0]!] },
    remarks: remarksOn(planned, counted, distinct),
  };
}

/** Up to here the engine's count of distinct values is exact. */
const EXACT = 65_536;

/** Distinct values: as counted, or the cells of whole numbers, or what the survey met, which is all when it met every row. */
function distinctOf({ plan, reference }: PlannedColumn, counted: CountedColumn) {
  const { grid, complete, other } = counted;
  if (counted.distinct !== null) return { distinct: counted.distinct, exact: complete && other === 0 };
  const ends = grid.has(-HALF) || grid.has(HALF - 1);
  if (plan.axis?.whole && plan.type === 'numeric' && !ends) return { distinct: grid.size, exact: true };
  if (reference.distinct === 0) return { distinct: null, exact: false };
  return { distinct: reference.distinct, exact: reference.n === counted.n && reference.distinct <= EXACT };
}
