import type { Ctx } from '../../context.ts';

/**
 * Columns of which values may be said in messages, by model: those that people marked as safe, and numbers, of which bands are said
 * and no values.
 */
export async function sayableColumns(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, Set<string>>> {
  if (models.length === 0) return new Map();
  const rows = await ledger
    .selectFrom('columns')
    .select(['model', 'name'])
    .where('model', 'in', [...models])
    .where((eb) => eb.or([eb('safe', '=', 1), eb('type', '=', 'numeric')]))
    .execute();
  const groups = Map.groupBy(rows, ({ model }) => model);
  return new Map([...groups].map(([model, own]) => [model, new Set(own.map(({ name }) => name))]));
}
