import { sealChannels } from '../actions/sealed-options.ts';
import { adoptKey } from '../audit/head.ts';
import { sealActions } from '../automation/action-row.ts';
import type { Ctx } from '../context.ts';
import { sealHolds } from '../holds/store-hold.ts';
import { sealErasures } from '../models/erasures.ts';
import { sealPseudonymKey } from '../models/privacy/pseudonyms.ts';

/**
 * Puts the ledger and every secret in it under the key of this server. Each secret says which key sealed it, so a start also finishes
 * what one that died had begun. Errors: invalid_option (the ledger is under a key that this server does not have).
 */
export async function sealSecrets(ctx: Ctx): Promise<void> {
  await adoptKey(ctx);
  await sealChannels(ctx);
  await sealPseudonymKey(ctx);
  await sealErasures(ctx);
  await sealActions(ctx);
  await sealHolds(ctx);
}
