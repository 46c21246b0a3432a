import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditVerification } from '../../contract/audit.ts';
import type { Ctx } from '../context.ts';
import { type Break, type ChainEnd, checkChain } from './chain.ts';

const PAGE = 1000;

/** The end of the chain as somebody noted it, outside the ledger. */
export interface NotedHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Walks the whole chain. `broken` names the first entry that was changed, removed or put in; null when none was. Whoever can write the
 * ledger but has no key cannot make entries anew; what was cut off at the end, together with the head, shows against a noted head.
 */
export async function verifyAudit(
  ctx: Pick<Ctx, 'ledger' | 'vault'>,
  noted?: NotedHead,
): Promise<AuditVerification> {
  const head = await ctx.ledger.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
  const found = { entries: head.seq, hash: head.hash };
  let last: ChainEnd = { seq: 0, hash: '', keyed: false };
  let keyed_from: number | null = null;
  let seen = noted === undefined || (noted.seq === 0 && noted.hash === '');
  const answer = (broken: Break | null): AuditVerification => ({ ...found, keyed_from, broken });
  for (;;) {
    const page = await ctx.ledger
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', last.seq)
      .where('seq', '<=', head.seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    keyed_from ??= page.find(({ key_id }) => key_id !== null)?.seq ?? null;
    const checked = checkChain(last, page, ctx.vault);
    if ('broken' in checked) return answer(checked.broken);
    seen ||= page.some(({ seq, hash }) => seq === noted?.seq && hash === noted.hash);
    last = checked.last;
    if (page.length < PAGE) break;
    // Others are answered between the pages of a long chain.
    await nextTurn();
  }
  if (last.seq !== head.seq || last.hash !== head.hash) return answer({ seq: last.seq + 1, reason: 'gap' });
  return answer(seen ? null : { seq: noted!.seq, reason: 'not_as_noted' });
}
