import type { Transaction } from 'kysely';
import type { ColumnHeadRow, Ledger, ProfileHeadRow } from '../../store/ledger/schema.ts';

/** Columns in one statement: SQLite takes at most 32,766 bound values. */
const COLUMNS = 1_000;

/** Stores a head and those of its columns that changed. */
export async function saveHead(
  trx: Transaction<Ledger>,
  head: ProfileHeadRow,
  columns: readonly ColumnHeadRow[],
): Promise<void> {
  const { model: _, ...set } = head;
  await trx
    .insertInto('profile_heads')
    .values(head)
    .onConflict((conflict) => conflict.column('model').doUpdateSet(set))
    .execute();
  for (let i = 0; i < columns.length; i += COLUMNS) {
    await trx
      .insertInto('column_heads')
      .values(columns.slice(i, i + COLUMNS))
      .onConflict((conflict) =>
        conflict.columns(['model', 'column']).doUpdateSet((eb) => ({
          first: eb.ref('excluded.first'),
          last: eb.ref('excluded.last'),
          revision: eb.ref('excluded.revision'),
          expected: eb.ref('excluded.expected'),
          opened: eb.ref('excluded.opened'),
        })),
      )
      .execute();
  }
}
