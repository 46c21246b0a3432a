import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import type { Fence } from '../../jobs/fence.ts';
import { adoptAutomaticReference } from '../../profiles/references/automatic.ts';
import { inBackground } from '../../store/lake/background.ts';
import { adoptTelemetry } from './arrived-telemetry.ts';
import { beginAgain } from './begin-again.ts';
import { recorder } from './decisions/record.ts';
import { judgeAgain } from './judge-again.ts';
import { judgeNew } from './judge-new.ts';
import { settlePositive } from './settle-positive.ts';
import { type ModelState, readCase, readState } from './state/model-state.ts';
import { Once } from './state/once.ts';
import { unwatchSegments } from './unwatch-segments.ts';

export interface Evaluated {
  /** Buckets judged, and values stored. */
  readonly buckets: number;
  readonly points: number;
}

/** So often in a row it is tried again. */
const ATTEMPTS = 5;

/**
 * Judges what there is to judge of a model: again the buckets that were rewritten since, then those that are complete and
 * were not judged yet. Values go to the lake, then the alerts and what is told of them to the ledger. Dying at any point
 * and starting again decides nothing twice: values may be stored twice, decisions are not. Errors: lease_lost when
 * another server has taken the model over, conflict when its monitors change all the time, those of the stores.
 */
export async function evaluate(ctx: Ctx, fence: Fence): Promise<Evaluated> {
  const quiet: Ctx = { ...ctx, lake: inBackground(ctx.lake) };
  const once = new Once();
  let buckets = 0;
  let points = 0;
  let refused = 0;
  for (;;) {
    try {
      const done = await step(quiet, fence, once);
      buckets += done.buckets;
      points += done.points;
      refused = 0;
      if (!done.more) return { buckets, points };
    } catch (error) {
      // Somebody changed a monitor meanwhile, or judged: again, with what it is now.
      const conflict = error instanceof TiltmeterError && error.code === 'conflict';
      if (!conflict || refused === ATTEMPTS) throw error;
      refused++;
    }
    await ctx.turn();
  }
}

async function step(ctx: Ctx, fence: Fence, once: Once) {
  const nothing = { buckets: 0, points: 0, more: false };
  let state = await readState(ctx, fence.name);
  if (!state?.plan.due && !state?.changed) return nothing;
  state = await withReference(ctx, state);
  await adoptTelemetry(ctx, state);
  const read = await settlePositive(ctx, await unwatchSegments(ctx, await readCase(ctx, state, once)));
  const records = recorder(ctx, fence, read);
  if (state.plan.rewritten.length > 0) {
    const points = await judgeAgain(ctx, read, records);
    return { buckets: 0, points, more: true };
  }
  const known = await beginAgain(ctx, fence, read, records);
  if (known === null) return { ...nothing, more: true };
  // Also when nothing is due: with a task that is settled now, labels that came before can be judged.
  return judgeNew(ctx, known, records);
}

/** With its automatic reference if it has none and there is enough: a fast replay must not outrun it. */
async function withReference(ctx: Ctx, state: ModelState): Promise<ModelState> {
  if (state.model.reference_id !== null || !(await adoptAutomaticReference(ctx, state.model))) return state;
  return (await readState(ctx, state.model.id)) ?? state;
}
