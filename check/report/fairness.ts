import type { CheckReport } from '../../contract/check.ts';
import { interval, short } from './figures.ts';

const VERDICT = {
  fails: 'beyond the limit for certain',
  doubtful: 'beyond the limit, not for certain',
  holds: 'within the limit',
  unknown: 'not known',
} as const;

/** One line for each measure of each protected attribute: its name, the value, the limit, between whom, the verdict. */
export function fairnessRows({
  performance: { fairness = [] },
}: Pick<CheckReport, 'performance'>): string[][] {
  return fairness.flatMap(({ attribute, measures }) =>
    measures.map(({ title, kind, limit, verdict, value, low, high, lowest, highest, reason }) => [
      attribute,
      title,
      value === undefined
        ? (reason ?? '').replaceAll('_', ' ')
        : interval({ value, low: low ?? null, high: high ?? null }),
      `${kind === 'ratio' ? 'at least' : 'at most'} ${short(limit)}`,
      lowest === undefined ? '' : `${lowest} (lowest), ${highest} (highest)`,
      VERDICT[verdict],
    ]),
  );
}
