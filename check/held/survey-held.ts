import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { TextColumn } from '../../tables/columns/text-column.ts';
import type { ColumnSurvey } from '../survey.ts';
import { FREQUENT, QUANTILES } from '../survey-sql.ts';
import type { SourceColumn } from '../table/table.ts';
import { clipped, countedTexts, mostFrequent } from './counted-texts.ts';

/** The survey of columns that are held: of every row. Frequent values are looked for when they are asked for. */
export function surveyHeld(
  { columns }: HeldTable,
  wanted: readonly Pick<SourceColumn, 'name'>[],
): Map<string, ColumnSurvey> {
  return new Map(wanted.map(({ name }) => [name, surveyOf(name, columns.get(name)!)]));
}

function surveyOf(name: string, column: TextColumn): ColumnSurvey {
  const { sorted } = column;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  let top: readonly string[] | null = null;
  return {
    ...column.facts(name),
    quantiles: sorted.length > 0 ? QUANTILES.map(at) : [],
    get top() {
      top ??= mostFrequent(countedTexts(column.categories, clipped), FREQUENT).map(([name]) => name);
      return top;
    },
  };
}
