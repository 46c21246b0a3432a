import type { Ctx } from '../context.ts';
import { updateRows } from '../store/lake/delete-rows.ts';

/**
 * Takes values of a text column out of the profiles of a model, those of references too: what was counted of them is counted as
 * "other" from then on, so that no sum changes. Repeating it is harmless.
 */
export async function forgetValues(
  { lake }: Pick<Ctx, 'lake'>,
  model: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  const gone = 'has({values:Array(String)}, word)';
  await updateRows(
    lake,
    'profiles',
    `other = other + arraySum(mapValues(mapFilter((word, times) -> ${gone}, counts))), counts = mapFilter((word, times) -> NOT ${gone}, counts)`,
    'model = {model:String} AND column = {column:String} AND hasAny(mapKeys(counts), {values:Array(String)})',
    { model, column, values },
  );
}
