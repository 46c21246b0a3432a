import type { Ctx } from '../context.ts';
import { labelsThere, textsThere } from '../events/subject/erase-subject.ts';
import type { OwnValues } from '../models/erasures.ts';
import { forgetValues } from '../profiles/forget-values.ts';
import { namedTexts } from '../profiles/named-texts.ts';

/** Values of a column that are noted: a person has few. */
const MOST = 5_000;

/** What is noted with some values more. Pure. `withOwn(new Map(), 'city', ['Bonn'])` → city: Bonn */
export function withOwn(own: OwnValues, column: string, values: readonly string[]): OwnValues {
  const all = [...new Set([...(own.get(column) ?? []), ...values])];
  return new Map(own).set(column, all.slice(0, MOST));
}

/**
 * Takes values out of profiles once more that a roll-up may have read before their rows were gone and counted after they had been taken
 * out; those that somebody has by now stay. Repeating it is harmless.
 */
export async function forgetAgain(
  ctx: Pick<Ctx, 'lake' | 'ledger' | 'turn'>,
  { model, table }: { readonly model: string; readonly table: string },
  own: OwnValues,
): Promise<void> {
  const texts = new Map((await namedTexts(ctx, model)).map(({ column, text }) => [column, text]));
  for (const [column, values] of own) {
    await ctx.turn();
    const text = texts.get(column);
    const there =
      column === '_label'
        ? await labelsThere(ctx, model, values)
        : text === undefined
          ? []
          : await textsThere(ctx, table, text, values);
    const kept = new Set(there);
    const gone = values.filter((value) => !kept.has(value));
    if (gone.length > 0) await forgetValues(ctx, model, column, gone);
  }
}
