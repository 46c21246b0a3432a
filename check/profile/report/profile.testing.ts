import type { ProfileColumn, TableProfile } from '../../../contract/table-profile.ts';
import { HOSTILE } from '../../report/report.testing.ts';

/** A column of a profile for tests; everything can be said otherwise. */
export function column(name: string, more: Partial<ProfileColumn> = {}): ProfileColumn {
  return {
    name,
    stored: 'text',
    type: 'categorical',
    n: 90,
    missing: { n: 10, share: 0.1 },
    invalid: 0,
    distinct: 12,
    distinct_exact: true,
    measures: 'values',
    mean: null,
    std: null,
    min: null,
    max: null,
    quantiles: null,
    first: null,
    last: null,
    top: [{ value: name, n: 60, share: 2 / 3 }],
    rest: 30,
    histogram: null,
    remarks: [
      {
        kind: 'mixed_types',
        severity: 'warning',
        sentence: '50 % of its values read as numbers, the others do not',
      },
    ],
    ...more,
  };
}

/** A whole profile of these columns. */
export const profileOf = (columns: ProfileColumn[]): TableProfile => ({
  source: HOSTILE[0],
  rows: 100,
  duration_ms: 12,
  columns,
  notes: [HOSTILE[1]],
});
