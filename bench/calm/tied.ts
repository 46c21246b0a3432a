import { codedColumns } from '../../check/whole/coded.ts';
import { dependence } from '../../stats/multivariate/dependence.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import type { MemoryColumn, MemoryTable } from './tables.ts';

/** Rows that are looked at, from the beginning in even steps. */
const ROWS = 20_000;

/** How strongly a column goes with the one that it goes with most, 0 to 1, in all rows of the table. */
export function goesWithAnother(column: MemoryColumn, { columns, rows }: MemoryTable): number {
  const step = Math.max(1, Math.floor(rows / ROWS));
  const features = columns.map(({ name, values }): Feature => {
    if (values instanceof Float64Array)
      return { name, kind: 'numeric', values: values.filter((_, row) => row % step === 0) };
    return { name, kind: 'categorical', values: values.filter((_, row) => row % step === 0) };
  });
  const coded = codedColumns(features, features).map(({ reference }) => reference);
  const mine = coded[columns.indexOf(column)]!;
  const strengths = coded.map((other) => {
    if (other === mine) return 0;
    return Math.abs(dependence(mine, other)?.value ?? 0);
  });
  return Math.max(...strengths);
}
