import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import type { ColumnRow, ModelRow } from '../store/ledger/schema.ts';

type Stores = Pick<Ctx, 'ledger'>;

/** The model's row in the ledger; undefined when there is none. */
export function modelRow(ctx: Stores, id: string): Promise<ModelRow | undefined> {
  return ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The model's row in the ledger. Errors: not_found. */
export async function findModel(ctx: Stores, id: string): Promise<ModelRow> {
  const row = await modelRow(ctx, id);
  if (row === undefined) throw new TiltmeterError('not_found', `there is no model ${id}`);
  return row;
}

/** Rows of models by name: all of them, or those of the names that exist. */
export function allModels(ctx: Stores, ids?: readonly string[]): Promise<ModelRow[]> {
  let query = ctx.ledger.selectFrom('models').selectAll().orderBy('id');
  if (ids !== undefined) query = query.where('id', 'in', [...ids]);
  return ids?.length === 0 ? Promise.resolve([]) : query.execute();
}

/** What people call these models, or all of them, by id. */
export async function modelNames({ ledger }: Stores, ids?: readonly string[]): Promise<Map<string, string>> {
  let query = ledger.selectFrom('models').select(['id', 'name']);
  if (ids !== undefined) query = query.where('id', 'in', [...new Set(ids)]);
  const rows = ids?.length === 0 ? [] : await query.execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? id]));
}

/** When the settings of these models were last changed, and the length of their buckets, by name. */
export async function settingStamps(
  { ledger }: Stores,
  ids: readonly string[],
): Promise<Map<string, Pick<ModelRow, 'updated_at' | 'bucket_ms'>>> {
  const found = new Map<string, Pick<ModelRow, 'updated_at' | 'bucket_ms'>>();
  for (let i = 0; i < ids.length; i += 5_000) {
    const rows = await ledger
      .selectFrom('models')
      .select(['id', 'updated_at', 'bucket_ms'])
      .where('id', 'in', ids.slice(i, i + 5_000))
      .execute();
    for (const { id, ...row } of rows) found.set(id, row);
  }
  return found;
}

/** A page of models by name. */
export async function modelPage(
  ctx: Stores,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = ctx.ledger
    .selectFrom('models')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  return pageFrom(await query.execute(), limit, ({ id }) => id);
}

/** Who owns these models, each once; nobody where none is said. */
export async function ownersOf({ ledger }: Stores, models: readonly string[]): Promise<string[]> {
  if (models.length === 0) return [];
  const rows = await ledger
    .selectFrom('models')
    .select('owner')
    .distinct()
    .where('id', 'in', [...models])
    .where('owner', 'is not', null)
    .execute();
  return rows.map(({ owner }) => owner!);
}

/** How many models there are. */
export async function countModels({ ledger }: Stores): Promise<number> {
  const { n } = await ledger
    .selectFrom('models')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Columns of a model in the order of their first appearance, `_prediction` among them. */
export function modelColumns(ctx: Stores, model: string): Promise<ColumnRow[]> {
  return ctx.ledger
    .selectFrom('columns')
    .selectAll()
    .where('model', '=', model)
    .orderBy('position')
    .orderBy('name')
    .execute();
}
