import type { Setup } from '../../../contract/setup.ts';
import { countChannels } from '../../actions/count-channels.ts';
import { judgedTo } from '../../alerts/judgements.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { timelessPredictions } from '../../events/predictions/timeless.ts';
import { findModel } from '../../models/find-model.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import { columnHeads, columnsSeen, profileHead } from '../../profiles/heads/read-heads.ts';
import { referenceById } from '../../profiles/references/find-reference.ts';
import { readQuality } from '../../signals/read-quality.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';
import type { SetupFacts } from './facts.ts';
import { ANSWERS, setupFacts } from './setup-facts.ts';
import { progressOf, setupSteps } from './steps.ts';

/** What a model still needs before everything about it can be told. Errors: not_allowed, not_found. */
export async function getSetup(ctx: Ctx, id: string): Promise<Setup> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const head = await profileHead(ctx, id);
  const newest = head?.last ?? null;
  const [answers, judged, reference, quality, channels, timeless, columns] = await Promise.all([
    columnsSeen(ctx, [id], ANSWERS),
    judgedTo(ctx, [id]),
    referenceById(ctx, model.reference_id),
    readQuality(ctx, [id]),
    countChannels(ctx),
    newest === null ? null : timelessPredictions(ctx, model.table_name, newest),
    columnHeads(ctx, id),
  ]);
  const facts = setupFacts(model, {
    head,
    answers: answers.get(id) ?? new Set(),
    judgedTo: judged.get(id),
    reference: reference && chosen(reference),
    quality: quality.has(id),
    channels,
    timeless,
    positive: await positiveOf(ctx, model, columns),
    now: ctx.clock(),
  });
  const steps = setupSteps(facts);
  return { model: id, ...progressOf(steps), steps };
}

function chosen({ name, options }: ReferenceRow): NonNullable<SetupFacts['reference']> {
  const { rows } = JSON.parse(options) as { rows?: number };
  return { name, rows: rows ?? null };
}
