import type { Ctx } from '../../context.ts';
import { type ColumnHead, headOf, type ProfileHead } from './profile-head.ts';

/** Models that one statement asks for: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/** What the profiles of these models hold, by model; one that was never rolled up is absent. No history is read. */
export async function profileHeads(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, ProfileHead>> {
  const heads = new Map<string, ProfileHead>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('profile_heads')
      .selectAll()
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) heads.set(row.model, headOf(row));
  }
  return heads;
}

/** What the profiles of one model hold; undefined before its first roll-up. Example: `(await profileHead(ctx, 'credit'))?.last` */
export async function profileHead(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<ProfileHead | undefined> {
  return (await profileHeads(ctx, [model])).get(model);
}

/** In which buckets each column of a model has profiles, the made ones (`_all`, `_score|yes` …) included. */
export async function columnHeads(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<Map<string, ColumnHead>> {
  const rows = await ctx.ledger
    .selectFrom('column_heads')
    .select(['column', 'first', 'last', 'revision'])
    .where('model', '=', model)
    .where('first', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.column, { ...row, first: row.first!, last: row.last! }]));
}

/** The newest revision that anything of a model was or is being written with; 0 before the first roll-up. */
export async function newestRevision(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<number> {
  const row = await ctx.ledger
    .selectFrom('profile_heads')
    .select(['revision', 'writing'])
    .where('model', '=', model)
    .executeTakeFirst();
  return Math.max(row?.revision ?? 0, row?.writing ?? 0);
}

/** Which of some columns have come, by model; a model with none of them is absent. */
export async function columnsSeen(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
  columns: readonly string[],
): Promise<Map<string, Set<string>>> {
  const seen = new Map<string, Set<string>>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('column_heads')
      .select(['model', 'column'])
      .where('model', 'in', models.slice(i, i + MODELS))
      .where('column', 'in', [...columns])
      .where('first', 'is not', null)
      .execute();
    for (const { model, column } of rows) seen.set(model, (seen.get(model) ?? new Set()).add(column));
  }
  return seen;
}

/** Columns of all models whose profiles count numbers as categories: there are few. */
export function countedCodes({ ledger }: Pick<Ctx, 'ledger'>): Promise<{ model: string; column: string }[]> {
  return ledger
    .selectFrom('column_heads')
    .select(['model', 'column'])
    .where('codes', '=', 1)
    .where('first', 'is not', null)
    .execute();
}
