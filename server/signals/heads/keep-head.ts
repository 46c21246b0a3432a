import type { Ctx } from '../../context.ts';
import { advanced, type Quality, type SignalHead } from './head.ts';
import { readHeads } from './read-heads.ts';
import { type Headline, seedHead } from './seed-head.ts';

/** Notes in a model's head that values between two buckets were stored, and which of them stand for its quality. */
export async function keepHead(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: string,
  headline: Headline,
  stored: { readonly first: number; readonly last: number; readonly quality: readonly Quality[] },
): Promise<void> {
  const before = (await readHeads(ctx, [model])).get(model) ?? (await seedHead(ctx, model, headline));
  await writeHead(ctx, model, advanced(before, stored));
}

/** Makes the heads of those of the models that have none yet. Answers with how many. */
export async function seedHeads(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  models: readonly string[],
  headline: Headline,
): Promise<number> {
  const known = await readHeads(ctx, models);
  const absent = models.filter((model) => !known.has(model));
  for (const model of absent) await writeHead(ctx, model, await seedHead(ctx, model, headline), true);
  return absent.length;
}

export async function writeHead(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  head: SignalHead,
  ifAbsent = false,
): Promise<void> {
  const row = {
    first: head.first ?? null,
    last: head.last ?? null,
    quality: head.quality === null ? null : JSON.stringify(head.quality),
  };
  await ctx.ledger
    .insertInto('signal_heads')
    .values({ model, ...row })
    .onConflict((conflict) =>
      ifAbsent ? conflict.column('model').doNothing() : conflict.column('model').doUpdateSet(row),
    )
    .execute();
}
