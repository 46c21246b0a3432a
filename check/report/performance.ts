import type { CheckReport } from '../../contract/check.ts';
import { interval, short } from './figures.ts';
import { plain } from './text.ts';

/** The names of all metrics that any side has, in the order of the first. */
export function metricNames({ performance }: Pick<CheckReport, 'performance'>): string[] {
  const { reference, current, estimated } = performance.intervals;
  return [...new Set([reference, current, estimated].flatMap((metrics) => Object.keys(metrics ?? {})))];
}

/**
 * The performance as a table: its head, and a row for each metric with what every side has, and how far the current one
 * moved where both have it. Empty where nothing is known.
 */
export function performanceGrid(report: Pick<CheckReport, 'performance'>): string[][] {
  const { intervals } = report.performance;
  const sides = (['reference', 'current', 'estimated'] as const).filter(
    (side) => Object.keys(intervals[side] ?? {}).length > 0,
  );
  const both = sides.includes('reference') && sides.includes('current');
  const names = metricNames(report);
  if (names.length === 0) return [];
  return [
    [
      'metric',
      ...sides.map((side) => (side === 'estimated' ? 'estimated without labels' : side)),
      ...(both ? ['change'] : []),
    ],
    ...names.map((name) => [
      name,
      ...sides.map((side) => interval(intervals[side]![name])),
      ...(both ? [changeOf(intervals.reference![name]?.value, intervals.current![name]?.value)] : []),
    ]),
  ];
}

/** `changeOf(0.812, 0.589)` → '−0.223'; nothing where one is missing. */
function changeOf(before: number | null | undefined, now: number | null | undefined): string {
  if (before === null || before === undefined || now === null || now === undefined) return '';
  const moved = now - before;
  if (moved === 0) return '0';
  return `${moved < 0 ? '−' : '+'}${short(Math.abs(moved))}`;
}

/** What besides is to be said of the rows as a whole: rows that repeat, pairs of columns that go together otherwise. `bad`: it fails. */
export function wholeRemarks({
  multivariate: { distance, repeated, dependence },
  columns,
}: Pick<CheckReport, 'multivariate' | 'columns'>): { readonly text: string; readonly bad: boolean }[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const alone = columns.some(({ status }) => status === 'drift' || status === 'quality');
  const together =
    distance?.moved && !alone
      ? [
          {
            text: `all ${distance.columns} columns together moved a little: distance ${distance.value.toFixed(3)} (${distance.low.toFixed(3)}–${distance.high.toFixed(3)}), p = ${distance.p < 0.0001 ? distance.p.toExponential(0) : distance.p.toFixed(4)}`,
            bad: false,
          },
        ]
      : [];
  const rows =
    repeated && repeated.status !== 'ok'
      ? [
          {
            text: `rows that repeat rose from ${percent(repeated.reference)} to ${percent(repeated.current)} (copies: ${percent(repeated.low)} to ${percent(repeated.high)} of the rows)`,
            bad: repeated.status === 'quality',
          },
        ]
      : [];
  const changed = dependence?.changed ?? [];
  const pairs = changed.slice(0, MOST_PAIRS).map(({ columns, measure, reference, current, q }) => ({
    text: `${columns.map((name) => `"${plain(name).slice(0, 60)}"`).join(' and ')} do not go together as before: ${MEASURES[measure]} ${reference.toFixed(2)}, now ${current.toFixed(2)} (q = ${q < 0.0001 ? q.toExponential(0) : q.toFixed(4)})`,
    bad: false,
  }));
  const more = changed.length - pairs.length;
  return [
    ...together,
    ...rows,
    ...pairs,
    ...(more > 0 ? [{ text: `… and ${more} more pairs`, bad: false }] : []),
  ];
}

const MOST_PAIRS = 5;
const MEASURES = {
  rank_correlation: 'rank correlation',
  correlation_ratio: 'correlation ratio of ranks',
  cramers_v: 'Cramér’s V',
} as const;

/** One sentence on the rows as a whole; null where they were not compared. */
export function wholeSentence({ multivariate }: Pick<CheckReport, 'multivariate'>): string | null {
  const { domain_classifier_auc: auc, low, high, threshold, columns, drift } = multivariate;
  if (auc === null) return null;
  const bounds = low !== undefined && high !== undefined ? ` (${low.toFixed(2)}–${high.toFixed(2)})` : '';
  const by = columns.slice(0, 3).map(({ name }) => plain(name).slice(0, 60));
  const apart = drift && by.length > 0 ? `, mostly by ${by.join(', ')}` : '';
  const area = `AUC ${auc.toFixed(2)}${bounds}`;
  // Rows that are in both tables are learned on one side and met on the other.
  return auc < 0.5
    ? `all columns together: a classifier does not tell the two tables apart, ${area}; below 0.5 when rows are in both tables, threshold ${threshold.toFixed(2)}`
    : `all columns together: a classifier tells the two tables apart with ${area}${apart}; 0.5 = not at all, threshold ${threshold.toFixed(2)}`;
}
