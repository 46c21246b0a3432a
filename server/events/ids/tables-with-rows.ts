import type { Lake } from '../../store/lake/lake.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Range } from './ranges.ts';

/** Tables that one statement asks. */
const TABLES = 100;

/**
 * Of some tables those that received anything in their range. One statement asks a hundred of them, each up to its first
 * row: of a thousand models most got nothing since the last start.
 */
export async function tablesWithRows(
  lake: Pick<Lake, 'query'>,
  ranges: readonly (readonly [table: string, range: Range])[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let begin = 0; begin < ranges.length; begin += TABLES) {
    const some = ranges.slice(begin, begin + TABLES);
    const questions = some.map(
      ([table], i) =>
        `SELECT * FROM (SELECT ${i} AS i FROM ${table} WHERE _received_at >= ${moment(`from${i}`)} AND _received_at < ${moment(`to${i}`)} LIMIT 1)`,
    );
    const params = some.flatMap(([, { from, to }], i) => [
      [`from${i}`, from],
      [`to${i}`, to],
    ]);
    const rows = await lake.query<{ i: number }>(
      questions.join('\nUNION ALL\n'),
      Object.fromEntries(params),
      { background: true },
    );
    for (const { i } of rows) found.add(some[i]![0]);
  }
  return found;
}
