import type { Kysely } from 'kysely';
import type { MakeTable } from '../../store/lake/missing-tables.ts';
import { addColumns, createModelTable } from '../../store/lake/model-table.ts';
import type { Ledger } from '../../store/ledger/schema.ts';

/** Makes the table of a model again, with the columns that the ledger knows. */
export function makeModelTable(ledger: Kysely<Ledger>): MakeTable {
  return async (lake, table) => {
    const model = await ledger
      .selectFrom('models')
      .select('id')
      .where('table_name', '=', table)
      .executeTakeFirst();
    if (model === undefined) return false;
    const columns = await ledger
      .selectFrom('columns')
      .select(['name', 'type'])
      .where('model', '=', model.id)
      .orderBy('position')
      .execute();
    await createModelTable(lake, table);
    await addColumns(
      lake,
      table,
      columns.map(({ name, type }) => ({ name, kind: type === 'numeric' ? 'numeric' : 'text' })),
    );
    return true;
  };
}
