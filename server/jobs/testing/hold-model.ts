import type { Ctx } from '../../context.ts';
import type { Fence } from '../fence.ts';

/** The right to decide about a model, for tests that run no server; asked again, it is as if another had taken over. */
export async function holdModel(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  server = 'test',
): Promise<Fence> {
  await ledger
    .insertInto('servers')
    .values({
      id: server,
      address: '',
      started_at: 0,
      expires_at: Number.MAX_SAFE_INTEGER,
      visible_to: 0,
      deciding: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { fence } = await ledger
    .insertInto('owners')
    .values({ model, server, fence: 1 })
    .onConflict((conflict) =>
      conflict.column('model').doUpdateSet((eb) => ({ server, fence: eb('owners.fence', '+', 1) })),
    )
    .returning('fence')
    .executeTakeFirstOrThrow();
  return { of: 'model', name: model, server, fence };
}
