import { type Random, randomInteger } from '../../stats/random.ts';
import type { MemoryColumn } from './tables.ts';

/** A change injected into one column. */
export interface Shift {
  readonly title: string;
  readonly column: string;
  apply(column: MemoryColumn, next: Random): MemoryColumn;
}

function added(share: number): Shift {
  return {
    title: `mean + ${share} σ (age)`,
    column: 'age',
    apply: (column) => withNumbers(column, (x, { deviation }) => x + share * deviation, false),
  };
}

/** Moves points of share between the most frequent category and the others. */
function moved(points: number): Shift {
  return {
    title: `most frequent category ${points > 0 ? '+' : '−'} ${Math.abs(100 * points)} points (education)`,
    column: 'education',
    apply(column, next) {
      const values = column.values as readonly (string | null)[];
      const most = 'HS-grad';
      const share = values.filter((value) => value === most).length / values.length;
      const others = values.filter((value) => value !== most);
      const chance = points > 0 ? points / (1 - share) : -points / share;
      const turned = values.map((value) => {
        if ((value === most) === points > 0 || next() >= chance) return value;
        return points > 0 ? most : others[randomInteger(next, others.length)]!;
      });
      return { ...column, values: turned };
    },
  };
}

export const SHIFTS: readonly Shift[] = [
  { title: 'none (age)', column: 'age', apply: (column) => column },
  added(0.1),
  added(0.2),
  added(0.5),
  moved(0.1),
  moved(-0.1),
  {
    title: '5 % nulls (hours)',
    column: 'hours',
    apply: (column, next) => withNumbers(column, (x) => (next() < 0.05 ? Number.NaN : x), false),
  },
  {
    title: 'unit × 100 (hours)',
    column: 'hours',
    apply: (column) => withNumbers(column, (x) => 100 * x, true),
  },
];

function withNumbers(
  column: MemoryColumn,
  change: (x: number, moments: { readonly deviation: number }) => number,
  whole: boolean,
): MemoryColumn {
  const values = column.values as Float64Array;
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return { ...column, whole, values: values.map((x) => change(x, { deviation })) };
}
