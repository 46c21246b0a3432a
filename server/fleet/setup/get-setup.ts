import type { Setup } from '../../../contract/setup.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { timelessPredictions } from '../../events/predictions/timeless.ts';
import { findModel } from '../../models/find-model.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import { referenceById } from '../../profiles/references/find-reference.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';
import { readFleet } from '../read-fleet.ts';
import { setupOf } from '../summary.ts';
import type { SetupFacts } from './facts.ts';
import { progressOf, setupSteps } from './steps.ts';

/** What a model still needs before everything about it can be told. Errors: not_allowed, not_found. */
export async function getSetup(ctx: Ctx, id: string): Promise<Setup> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const readings = await readFleet(ctx, [model]);
  const newest = readings.heads.get(id)?.last ?? null;
  const [reference, timeless, columns] = await Promise.all([
    referenceById(ctx, model.reference_id),
    newest === null ? null : timelessPredictions(ctx, model.table_name, newest),
    columnHeads(ctx, id),
  ]);
  const steps = setupSteps({
    ...setupOf(model, readings),
    // What the fleet does not ask for each of its models.
    reference: reference && chosen(reference),
    timeless,
    positive: await positiveOf(ctx, model, columns),
  });
  return { model: id, ...progressOf(steps), steps };
}

function chosen({ name, options }: ReferenceRow): NonNullable<SetupFacts['reference']> {
  const { rows } = JSON.parse(options) as { rows?: number };
  return { name, rows: rows ?? null };
}
