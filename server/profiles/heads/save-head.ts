import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { attributionOf } from '../../models/columns/attributions.ts';
import type { ColumnHeadRow, Ledger, ProfileHeadRow } from '../../store/ledger/schema.ts';

/** Columns in one statement: SQLite takes at most 32,766 bound values. */
const COLUMNS = 1_000;

/** The head is as it was read. Errors: table_missing, when the profiles were made again meanwhile. */
export async function requireHead(trx: Transaction<Ledger>, model: string, writing: number): Promise<void> {
  const row = await trx
    .selectFrom('profile_heads')
    .select('writing')
    .where('model', '=', model)
    .forUpdate()
    .executeTakeFirst();
  if ((row?.writing ?? 0) !== writing)
    throw new TiltmeterError('table_missing', 'The profiles were made again, empty, during the roll-up');
}

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
          // a reference file may have come meanwhile
          expected: eb
            .case()
            .when('column_heads.expected', '=', 1)
            .then(1 as const)
            .else(eb.ref('excluded.expected'))
            .end(),
          opened: eb.ref('excluded.opened'),
          codes: eb.ref('excluded.codes'),
        })),
      )
      .execute();
  }
}

/** Nothing is known of a column any more, nor of what it contributed: it was removed. */
export async function forgetColumnHead(
  trx: Transaction<Ledger>,
  model: string,
  column: string,
): Promise<void> {
  await trx
    .deleteFrom('column_heads')
    .where('model', '=', model)
    .where('column', 'in', [column, attributionOf(column)])
    .execute();
}

/** Notes that a reference file has values of these columns: they are expected from the first bucket on. */
export async function expectColumns(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  columns: readonly string[],
): Promise<void> {
  for (let i = 0; i < columns.length; i += COLUMNS) {
    const rows = columns.slice(i, i + COLUMNS).map((column) => ({
      model,
      column,
      first: null,
      last: null,
      revision: 0,
      expected: 1 as const,
      opened: null,
      codes: 0 as const,
    }));
    await ctx.ledger
      .insertInto('column_heads')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['model', 'column']).doUpdateSet({ expected: 1 }))
      .execute();
  }
}
