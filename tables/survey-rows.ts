import type { Stored } from './rules/facts.ts';
import { ColumnTally, type TextFacts } from './rules/tally.ts';
import type { TableRow } from './table-row.ts';

/** What is in the columns of a table, in the order in which they first appear. */
export interface RowsSurvey {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, TextFacts>;
}

/**
 * Gathers the facts of every column while rows go by, in bounded memory.
 * @param stored how columns lie in the file, where its format has types.
 */
export async function surveyRows(
  rows: AsyncIterable<TableRow> | Iterable<TableRow>,
  stored?: ReadonlyMap<string, Stored>,
): Promise<RowsSurvey> {
  const tallies = new Map<string, ColumnTally>();
  let n = 0;
  for await (const row of rows) {
    n++;
    for (const name of Object.keys(row)) {
      let tally = tallies.get(name);
      if (tally === undefined) {
        tally = new ColumnTally(stored?.get(name) ?? null);
        tallies.set(name, tally);
      }
      tally.add(row[name]);
    }
  }
  return {
    rows: n,
    columns: new Map([...tallies].map(([name, tally]) => [name, tally.facts(name, n)])),
  };
}
