import { sql } from 'kysely';
import type { Ctx } from '../context.ts';

/** Columns of all models whose name, or whose model's, holds every one of some words; at most `limit`, by name. */
export function findColumns(
  { ledger }: Pick<Ctx, 'ledger'>,
  words: readonly string[],
  limit: number,
): Promise<{ model: string; name: string }[]> {
  let query = ledger
    .selectFrom('columns')
    .select(['model', 'name'])
    .where(sql<boolean>`substr(name, 1, 1) <> '_'`)
    .orderBy('name')
    .orderBy('model')
    .limit(limit);
  for (const word of words) {
    const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<boolean>`(lower(name) like ${pattern} escape '\\' or lower(model) like ${pattern} escape '\\')`,
    );
  }
  return query.execute();
}
