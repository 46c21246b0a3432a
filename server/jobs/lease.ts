import type { Ctx } from '../context.ts';

/**
 * Takes or prolongs the lease of this name for `ttlMs`: true when the holder has it now, false when another has it.
 * One statement, so two holders that ask at once cannot both get it.
 */
export async function takeLease(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  name: string,
  holder: string,
  ttlMs: number,
): Promise<boolean> {
  const now = ctx.clock();
  const lease = { holder, expires_at: now + ttlMs, fence: 0 };
  const taken = await ctx.ledger
    .insertInto('leases')
    .values({ name, ...lease })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(lease)
        .where((eb) => eb.or([eb('leases.expires_at', '<=', now), eb('leases.holder', '=', holder)])),
    )
    .returning('name')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives the lease back before it runs out; without it this changes nothing. */
export async function giveLease(ctx: Pick<Ctx, 'ledger'>, name: string, holder: string): Promise<void> {
  await ctx.ledger.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}
