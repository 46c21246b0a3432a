import type { RowSample, Rows } from '../../profiles/read/sample-rows.ts';
import type { ColumnEvidence } from './evidence.ts';

/** Fewer say less than the grid. */
const LEAST_VALUES = 150;

/** The values of a column in a sample of rows; null when it is none of numbers, or there are too few. Pure. */
export function valuesOf(
  { name, type }: Pick<ColumnEvidence, 'name' | 'type'>,
  rows: RowSample | null,
): ColumnEvidence['values'] {
  if (type !== 'numeric' || rows === null) return null;
  const numbers = ({ cells }: Rows) => (cells.get(name) ?? []).filter((cell) => typeof cell === 'number');
  const values = { before: numbers(rows.before), after: numbers(rows.after) };
  return Math.min(values.before.length, values.after.length) < LEAST_VALUES ? null : values;
}
