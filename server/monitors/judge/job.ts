import type { Respond } from '../../alerts/decided.ts';
import type { Ctx } from '../../context.ts';
import { evaluate } from './evaluate.ts';

/** A model whose profiles have not changed is looked at this often, for the wall clock alone. */
const QUIET_MS = 30_000;

/** Judges what became complete of one model; `changed` says that its profiles are new. True when there was something. */
export function judgeModel(
  respond: Respond,
): (ctx: Ctx, model: string, changed: boolean) => Promise<boolean> {
  const looked = new Map<string, number>();
  return async (ctx, model, changed) => {
    const last = looked.get(model);
    if (!changed && last !== undefined && ctx.monotonic() - last < QUIET_MS) return false;
    const { buckets, points } = await evaluate(ctx, model, respond);
    looked.set(model, ctx.monotonic());
    if (buckets > 0) ctx.log.debug({ model, buckets, points }, 'judged');
    return buckets > 0 || points > 0;
  };
}
