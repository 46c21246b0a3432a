import { noteFailure, readJudgements } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, isLeaseLost } from '../../jobs/fence.ts';
import { allModels, settingStamps } from '../../models/find-model.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { profileHeads } from '../../profiles/heads/read-heads.ts';
import { lackingDefaults, monitorsOf } from '../configure/defaults.ts';
import { evaluate } from './evaluate.ts';
import { planOf } from './plan/plan.ts';
import { readJudgedAs } from './state/judged-as.ts';
import { knownTo } from './state/model-state.ts';

/**
 * Which of the models have something to judge: profiles that were written since, or a bucket that completes by the clock.
 * A model that lacks a default monitor is one of them too, so that it has them before there is anything to judge. A quiet
 * model is none of them.
 */
export async function modelsToJudge(
  ctx: Pick<Ctx, 'ledger' | 'clock' | 'stamps'>,
  models: readonly string[],
): Promise<string[]> {
  const heads = await profileHeads(ctx, models);
  const judgements = await readJudgements(ctx, models);
  const now = ctx.clock();
  const changed = models.filter((model) => {
    const { judged_revision, due_at } = judgements.get(model)!;
    return (heads.get(model)?.revision ?? 0) > judged_revision || (due_at !== null && due_at <= now);
  });
  const otherwise = await judgedOtherwise(ctx, heads);
  const lacking = await lackingDefaults(ctx, models);
  const rows = await allModels(ctx, changed);
  const known = await knownTo(
    ctx,
    rows.flatMap(({ id }) => heads.get(id) ?? []),
  );
  const due = rows.filter((model) => {
    const { id } = model;
    return planOf(heads.get(id), model, judgements.get(id)!, Math.min(now, known.get(id) ?? now))?.due;
  });
  return [...new Set([...lacking, ...otherwise, ...due.map(({ id }) => id)])];
}

/** Models whose settings have changed since what they are judged as was compared with them. */
async function judgedOtherwise(
  ctx: Pick<Ctx, 'ledger'>,
  heads: ReadonlyMap<string, ProfileHead>,
): Promise<string[]> {
  const stamps = await settingStamps(ctx, [...heads.keys()]);
  const judged = await readJudgedAs(ctx, [...stamps.keys()]);
  return [...stamps].flatMap(([model, { updated_at, bucket_ms }]) => {
    const head = heads.get(model);
    const known = head !== undefined && head.first !== null && head.bucket_ms === bucket_ms;
    return known && judged.get(model)?.looked_at !== updated_at ? [model] : [];
  });
}

/** Judges a model; that it could not be judged is noted, for people to see. True when there was something to judge. */
export async function judgeModel(ctx: Ctx, fence: Fence): Promise<boolean> {
  const { name: model } = fence;
  try {
    await monitorsOf(ctx, model);
    const { buckets, points } = await evaluate(ctx, fence);
    if (buckets > 0) ctx.log.debug({ model, buckets, points }, 'judged');
    return buckets > 0 || points > 0;
  } catch (error) {
    if (!isLeaseLost(error)) await noteFailure(ctx, model, (error as Error).message);
    throw error;
  }
}
