import { ResponseClock, type ResponseClocks } from '../../../contract/response.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';

const OFFICE = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };

/** While nobody says otherwise: P1 now, P2 within the business day, P3 within the week. */
const USUAL: readonly ResponseClock[] = [
  { priority: 'P1', acknowledge_minutes: 15, resolve_minutes: 8 * 60, hours: null },
  { priority: 'P2', acknowledge_minutes: 4 * 60, resolve_minutes: 3 * 8 * 60, hours: OFFICE },
  { priority: 'P3', acknowledge_minutes: 5 * 8 * 60, resolve_minutes: null, hours: OFFICE },
];

/** The clock of each priority. */
export async function readClocks({ ledger }: Pick<Ctx, 'ledger'>): Promise<ResponseClock[]> {
  const rows = await ledger.selectFrom('response_clocks').selectAll().execute();
  const stored = new Map(
    rows.map(({ priority, clock }) => [priority, ResponseClock.parse(JSON.parse(clock))]),
  );
  return USUAL.map((usual) => stored.get(usual.priority) ?? usual);
}

export async function listClocks(ctx: Ctx): Promise<ResponseClocks> {
  authorise(ctx.actor, 'read');
  return { items: await readClocks(ctx) };
}

/** Sets the clocks that are named; the others stay. Errors: not_allowed. */
export async function changeClocks(ctx: Ctx, { items }: ResponseClocks): Promise<ResponseClocks> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    for (const item of items) {
      const row = { clock: JSON.stringify(item), updated_at: ctx.clock() };
      await trx
        .insertInto('response_clocks')
        .values({ priority: item.priority, ...row })
        .onConflict((conflict) => conflict.column('priority').doUpdateSet(row))
        .execute();
    }
    await audit(ctx, trx, 'response_clocks.change', 'response_clocks', { items });
  });
  return listClocks(ctx);
}
