import { segmentParts } from '../../contract/segment-key.ts';
import type { Ctx } from '../context.ts';
import { deleteRows, updateRows } from '../store/lake/delete-rows.ts';
import { ownKeys, type Split } from './segments/split.ts';

/** On which side of a pair of `_confusion` the classes of a column stand: label, then prediction. */
const SIDES: Readonly<Record<string, 1 | 2>> = { _label: 1, _prediction: 2 };

/**
 * Takes values of a column, or labels (`_label`), out of the profiles of a model, those of references too: what was counted of them is counted as
 * "other" from then on, so that no sum changes. Segments that are named by them are removed, and what is stored is split
 * anew; so are the scores kept for such a label alone. Repeating it is harmless.
 */
export async function forgetValues(
  ctx: Pick<Ctx, 'lake' | 'ledger'>,
  model: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  await countAsOther(ctx, 'word', { model, column, values });
  const side = SIDES[column];
  if (side !== undefined)
    await countAsOther(ctx, `splitByChar('\\x1f', word)[${side}]`, { model, column: '_confusion', values });
  if (column === '_label') {
    await forgetScores(ctx, model, values);
    await forgetClasses(ctx, model, new Set(values));
  }
  await forgetSegments(ctx, model, column, new Set(values));
}

/** `word`: what of the name of a count is looked for. */
async function countAsOther(
  { lake }: Pick<Ctx, 'lake'>,
  word: string,
  params: { readonly model: string; readonly column: string; readonly values: readonly string[] },
): Promise<void> {
  const gone = `has({values:Array(String)}, ${word})`;
  // What agents sent, too: it is merged again with what they send next.
  for (const table of ['profiles', 'sent_profiles'])
    await updateRows(
      lake,
      table,
      `other = other + arraySum(mapValues(mapFilter((word, times) -> ${gone}, counts))), counts = mapFilter((word, times) -> NOT ${gone}, counts)`,
      `model = {model:String} AND column = {column:String} AND arrayExists(word -> ${gone}, mapKeys(counts))`,
      params,
    );
}

async function forgetScores(
  { lake, ledger }: Pick<Ctx, 'lake' | 'ledger'>,
  model: string,
  labels: readonly string[],
): Promise<void> {
  const columns = labels.map((label) => `_score|${label}`);
  await deleteRows(lake, 'profiles', 'model = {model:String} AND column IN {columns:Array(String)}', {
    model,
    columns,
  });
  await ledger.deleteFrom('column_heads').where('model', '=', model).where('column', 'in', columns).execute();
}

async function forgetClasses(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  labels: ReadonlySet<string>,
): Promise<void> {
  const heads = ledger.selectFrom('profile_heads').select('classes').where('model', '=', model);
  const known = JSON.parse((await heads.executeTakeFirst())?.classes ?? '[]') as string[];
  if (!known.some((label) => labels.has(label))) return;
  const classes = JSON.stringify(known.filter((label) => !labels.has(label)));
  await ledger.updateTable('profile_heads').set({ classes }).where('model', '=', model).execute();
}

async function forgetSegments(
  { lake, ledger }: Pick<Ctx, 'lake' | 'ledger'>,
  model: string,
  column: string,
  values: ReadonlySet<string>,
): Promise<void> {
  const head = await ledger
    .selectFrom('profile_heads')
    .select('splits')
    .where('model', '=', model)
    .executeTakeFirst();
  const splits = JSON.parse(head?.splits ?? '[]') as Split[];
  const told = (key: string) =>
    segmentParts(key).some((part) => part.column === column && part.value !== null && values.has(part.value));
  const keys = splits.flatMap(ownKeys).filter(told);
  if (keys.length === 0) return;
  await deleteRows(lake, 'profiles', 'model = {model:String} AND segment IN {keys:Array(String)}', {
    model,
    keys,
  });
  const left = splits.map((split) => ({
    ...split,
    values: split.values.filter((_, i) => !told(ownKeys(split)[i]!)),
  }));
  await ledger
    .updateTable('profile_heads')
    // Whatever it is split by, it is not what the head says: it is split anew.
    .set({ splits: JSON.stringify(left), split_by: '' })
    .where('model', '=', model)
    .execute();
}
