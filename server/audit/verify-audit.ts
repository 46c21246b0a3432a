import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ctx } from '../context.ts';
import { type Break, checkChain } from './chain.ts';

const PAGE = 1000;

/** Walks the whole chain. `broken` names the first entry that was changed, removed or put in; null when none was. */
export async function verifyAudit(
  ctx: Ctx,
): Promise<{ entries: number; hash: string; broken: Break | null }> {
  const head = await ctx.ledger.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
  let last = { seq: 0, hash: '' };
  for (;;) {
    const page = await ctx.ledger
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', last.seq)
      .where('seq', '<=', head.seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    const checked = checkChain(last, page);
    if ('broken' in checked) return { entries: head.seq, hash: head.hash, broken: checked.broken };
    last = checked.last;
    if (page.length < PAGE) break;
    // Others are answered between the pages of a long chain.
    await nextTurn();
  }
  const whole = last.seq === head.seq && last.hash === head.hash;
  return { ...headOf(head), broken: whole ? null : { seq: last.seq + 1, reason: 'gap' } };
}

const headOf = (head: { seq: number; hash: string }) => ({ entries: head.seq, hash: head.hash });
