import type { Ctx } from '../../context.ts';
import { lakeTable } from '../../store/lake/layout.ts';

/** The table of the lake that heads are about. */
const PROFILES = 'profiles';

type Stores = Pick<Ctx, 'ledger' | 'lake'>;

/** A table of the lake was made again, empty: if it was that of the profiles, heads tell of nothing any more. */
export async function resetAfterRemade(ctx: Pick<Ctx, 'ledger'>, table: string): Promise<void> {
  if (table === PROFILES) await resetHeads(ctx);
}

/** Profiles that were emptied while no server looked: heads that count some are wrong. */
export async function resetWhereEmpty(ctx: Stores): Promise<void> {
  const { counted } = await ctx.ledger
    .selectFrom('profile_heads')
    .select((eb) => eb.fn.sum<number>('predictions').as('counted'))
    .executeTakeFirstOrThrow();
  if (!counted) return;
  const [stored] = await ctx.lake.query<{ n: number }>(`SELECT count() AS n FROM ${lakeTable(PROFILES)}`);
  if (stored?.n === 0) await resetHeads(ctx);
}

/**
 * All heads begin anew: each model is rolled up again from the predictions and labels that are stored. A roll-up that is
 * under way finds its head changed and ends without a word of what it had counted on.
 */
async function resetHeads({ ledger }: Pick<Ctx, 'ledger'>): Promise<void> {
  await ledger.transaction().execute(async (trx) => {
    await trx
      .updateTable('profile_heads')
      .set((eb) => ({
        ...{
          rolled_up_to: 0,
          labelled_to: 0,
          outcomes_to: 0,
          sent_to: 0,
          sent: 0,
          first: null,
          last: null,
          next_at: null,
          folded_at: null,
        },
        ...{
          predictions: 0,
          labels: 0,
          waiting: 0,
          outcomes_waiting: 0,
          versions: '[]',
          classes: '[]',
          traffic: '[]',
        },
        ...{ looks: '{}', held: '[]', put_off: '[]' },
        // Larger than what is done: the head is made from what the profiles hold.
        writing: eb
          .case()
          .when('writing', '>', eb.ref('revision'))
          .then(eb('writing', '+', 1))
          .else(eb('revision', '+', 1))
          .end(),
      }))
      .execute();
    await trx.deleteFrom('column_heads').where('expected', '=', 0).execute();
    await trx.updateTable('column_heads').set({ first: null, last: null, opened: null }).execute();
  });
}
