import type { Receipt } from '../../../contract/receipt.ts';
import type { RejectChoice } from '../../../contract/reject.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { Ingest } from '../ingest.ts';
import { findRejects } from './list-rejects.ts';

const AT_ONCE = 1000;
/** What its sender had no right to send is not sent by somebody who has. */
const NO_RIGHT = 'model_not_allowed';

/**
 * Sends rejects through the way in again, after what was wrong has been put right: at most the newest 1,000 of those that match and
 * were not replayed yet. What is refused again stays as it is. Errors: not_allowed, and those of ingest.
 */
export async function replayRejects(
  ctx: Ctx,
  ingest: Pick<Ingest, 'replay'>,
  { ids, filter }: RejectChoice,
): Promise<Receipt> {
  authorise(ctx.actor, 'write');
  const rejects = await findRejects(ctx, { ids, ...filter, replayed: false, codeNot: NO_RIGHT }, AT_ONCE);
  const receipt = await ingest.replay(ctx, rejects.reverse());
  const { received, stored } = receipt;
  await ctx.ledger
    .transaction()
    .execute((trx) =>
      audit(ctx, trx, 'rejects.replay', filter?.model ?? '', { ...filter, received, stored }),
    );
  return receipt;
}
