import type { Ctx } from '../../context.ts';

/** Days that people have set, by name; -1 in the store stands for ever. */
export async function daysSet(ctx: Pick<Ctx, 'ledger'>): Promise<Map<string, number | null>> {
  const rows = await ctx.ledger.selectFrom('retention').selectAll().execute();
  return new Map(rows.map(({ name, days }) => [name, days === FOR_EVER ? null : days]));
}

/** What was set, else what holds by itself. */
export function daysOf(
  set: ReadonlyMap<string, number | null>,
  { name, days }: { readonly name: string; readonly days: number | null },
): number | null {
  const own = set.get(name);
  return own === undefined ? days : own;
}

/** How for ever is stored: a row without it means that nobody has said anything. */
export const FOR_EVER = -1;
