import type { Setup } from '../../../contract/setup.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { timelessPredictions } from '../../events/predictions/timeless.ts';
import { findModel } from '../../models/find-model.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import { referenceById } from '../../profiles/references/find-reference.ts';
import { keptWhile } from '../../store/lake/kept-answers.ts';
import type { ModelRow, ReferenceRow } from '../../store/ledger/schema.ts';
import { readFleet } from '../read-fleet.ts';
import { setupOf } from '../summary.ts';
import type { SetupFacts } from './facts.ts';
import { progressOf, setupSteps } from './steps.ts';

/** What a model still needs before everything about it can be told. Errors: not_allowed, not_found. */
export async function getSetup(ctx: Ctx, id: string): Promise<Setup> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const readings = await readFleet(ctx, [model]);
  const head = readings.heads.get(id);
  const [reference, timeless, columns] = await Promise.all([
    referenceById(ctx, model.reference_id),
    timelessOf(ctx, model, head),
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

/** Looked for once after each roll-up. */
async function timelessOf(
  ctx: Ctx,
  { id, table_name }: ModelRow,
  head: ProfileHead | undefined,
): Promise<SetupFacts['timeless']> {
  const since = head?.last ?? null;
  if (head === undefined || since === null) return null;
  return keptWhile(ctx.lake, `${head.revision}`, ['timeless', id, since], () =>
    timelessPredictions(ctx, table_name, since),
  );
}

function chosen({ name, options }: ReferenceRow): NonNullable<SetupFacts['reference']> {
  const { rows } = JSON.parse(options) as { rows?: number };
  return { name, rows: rows ?? null };
}
