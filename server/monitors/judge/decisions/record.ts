import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../../contract/errors.ts';
import { type Judgement, type JudgementStep, moveOn } from '../../../alerts/judgements.ts';
import { type Outcome, storeOutcomes } from '../../../alerts/store-outcomes.ts';
import type { Ctx } from '../../../context.ts';
import { type Fence, requireFence } from '../../../jobs/fence.ts';
import type { Ledger } from '../../../store/ledger/schema.ts';
import { isUnchanged } from '../../configure/defaults.ts';
import { horizonOf } from '../plan/horizon.ts';
import type { Case } from '../state/model-state.ts';

/** Series in one transaction. */
const SERIES = 500;

/** Records decisions, in transactions of bounded size. `step` is taken, and `also` done, with the last of them. */
export interface Recorder {
  record(
    outcomes: readonly Outcome[],
    step: JudgementStep,
    also?: (trx: Transaction<Ledger>) => Promise<void>,
  ): Promise<void>;
}

/**
 * What was decided on grounds that were read before: refused (`conflict`) when the model was judged or a monitor of it
 * changed meanwhile, and (`lease_lost`) when another server has taken the model over. What is refused changes nothing;
 * of several transactions those before stay, and what they recorded is not decided again.
 */
export function recorder(ctx: Ctx, fence: Fence, known: Case): Recorder {
  const { model, monitors } = known;
  const recording = { bucketMs: model.bucket_ms, ...horizonOf(model) };
  let judgement: Judgement = known.judgement;
  return {
    async record(outcomes, step, also) {
      for (let i = 0; i === 0 || i < outcomes.length; i += SERIES) {
        const some = outcomes.slice(i, i + SERIES);
        const last = i + SERIES >= outcomes.length;
        judgement = await ctx.ledger.transaction().execute(async (trx) => {
          await requireFence(trx, fence);
          if (!(await isUnchanged(trx, model.id, monitors)))
            throw new TiltmeterError('conflict', `the monitors of ${model.id} have changed meanwhile`);
          const next = await moveOn(ctx, trx, judgement, last ? step : {});
          await storeOutcomes(ctx, trx, recording, some);
          if (last) await also?.(trx);
          return next;
        });
      }
    },
  };
}
