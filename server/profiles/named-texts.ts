import type { Ctx } from '../context.ts';
import type { Fragment } from '../events/predictions/condition.ts';
import { modelColumns } from '../models/find-model.ts';
import { PRODUCTION } from './profile.ts';
import { textValue } from './roll-up/queries/values.ts';
import type { Split } from './segments/split.ts';
import { splitValue, tagParams } from './segments/split-sql.ts';

/** What is known by name in the profiles of a model, and so in its segments: of each column, the text of a prediction. */
export interface NamedText {
  readonly column: string;
  readonly text: Fragment;
}

/**
 * Every text of predictions that profiles and segments of a model may have by name: categories, numbers that were counted as such, classes of errors,
 * and tags that predictions are split by.
 */
export async function namedTexts(ctx: Pick<Ctx, 'lake' | 'ledger'>, model: string): Promise<NamedText[]> {
  const columns = await modelColumns(ctx, model);
  const numbers = columns.filter(({ type }) => type === 'numeric').map(({ name }) => name);
  const codes = await ctx.lake.query<{ column: string }>(
    `SELECT DISTINCT column FROM tiltmeter.profiles
     WHERE model = {model:String} AND ${PRODUCTION} AND column IN {numbers:Array(String)} AND notEmpty(counts)`,
    { model, numbers },
    { background: true },
  );
  const named = [
    ...columns.filter(({ type }) => type === 'categorical').map(({ name }) => ({ name, codes: false })),
    ...codes.map(({ column }) => ({ name: column, codes: true })),
    { name: '_error', codes: false },
  ];
  return [
    ...named.map((column) => ({ column: column.name, text: { sql: textValue(column), params: {} } })),
    ...(await splitTags(ctx, model)),
  ];
}

async function splitTags({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<NamedText[]> {
  const head = await ledger
    .selectFrom('profile_heads')
    .select('splits')
    .where('model', '=', model)
    .executeTakeFirst();
  const columns = (JSON.parse(head?.splits ?? '[]') as Split[]).flatMap((split) => split.columns);
  const tags = new Map(
    columns.filter(({ of }) => of === 'tag' || of === 'variant').map((each) => [each.name, each]),
  );
  return [...tags.values()].map((column) => {
    const split = { columns: [column], values: [] };
    return { column: column.name, text: { sql: splitValue(split, 0), params: tagParams([split]) } };
  });
}
