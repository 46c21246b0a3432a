import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** Tables that one statement looks through. */
const TABLES = 50;
/** Statements at a time. */
const AT_ONCE = 2;

/**
 * The models, of those that are given and in their order, that have a prediction of exactly this id. Each table has an index of ids, so that
 * hardly more is read than what is found. Errors: query_too_large.
 */
export async function modelsWithPrediction(
  ctx: Pick<Ctx, 'lake'>,
  models: readonly Pick<ModelRow, 'id' | 'table_name'>[],
  id: string,
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < models.length; start += AT_ONCE * TABLES) {
    const parts = Array.from({ length: AT_ONCE }, (_, i) => start + i * TABLES);
    const held = await Promise.all(parts.map((from) => heldBy(ctx, models.slice(from, from + TABLES), id)));
    found.push(...held.flat());
  }
  return found;
}

/** The same of so many that one statement may ask all. */
async function heldBy(
  ctx: Pick<Ctx, 'lake'>,
  models: readonly Pick<ModelRow, 'id' | 'table_name'>[],
  id: string,
): Promise<string[]> {
  if (models.length === 0) return [];
  const params = Object.fromEntries(models.map((model, i) => [`m${i}`, model.id]));
  const selects = models.map(
    ({ table_name }, i) =>
      `SELECT {m${i}:String} AS model FROM ${modelTable(table_name)} WHERE _id = {id:String} LIMIT 1`,
  );
  const rows = await ctx.lake.query<{ model: string }>(
    selects.map((select) => `SELECT model FROM (${select})`).join(' UNION ALL '),
    { ...params, id },
    { maxSeconds: 5 },
  );
  const holding = new Set(rows.map(({ model }) => model));
  return models.map((model) => model.id).filter((model) => holding.has(model));
}
