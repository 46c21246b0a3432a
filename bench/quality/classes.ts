import { type MulticlassRows, multiclassMetrics } from '../../stats/performance/multiclass-rows.ts';
import type { Random } from '../../stats/random.ts';
import { against, valuesOf } from './binary.ts';
import type { ClassTable } from './class-tables.ts';
import { drawnFrom, type Found } from './hits.ts';

export function realisedClasses(table: ClassTable, n: number, next: Random): Found[] {
  return against(multiclassMetrics(classRows(table, drawnFrom(table.rows, n, next))), wholeOfClasses(table));
}

const wholes = new Map<string, Map<string, number>>();

/** The metrics of all rows of a table. */
export function wholeOfClasses(table: ClassTable): Map<string, number> {
  const all = Int32Array.from(table.label, (_, i) => i);
  const known = wholes.get(table.name) ?? valuesOf(multiclassMetrics(classRows(table, all)));
  wholes.set(table.name, known);
  return known;
}

/** Some rows of a table. */
export function classRows({ label, classes, probability }: ClassTable, rows: Int32Array): MulticlassRows {
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    label: Array.from(rows, (row) => label[row]!),
    probabilities: new Map(classes.map((name, k) => [name, of(probability[k]!)])),
  };
}
