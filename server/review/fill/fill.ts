import type { ReviewReason } from '../../../contract/review.ts';
import { MOST_OPEN_REVIEWS } from '../../../contract/review.ts';
import type { Random } from '../../../stats/random.ts';
import { randomInteger } from '../../../stats/random.ts';
import { judgedTo } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import { profiledColumns } from '../../models/columns/profiled-columns.ts';
import { findModel } from '../../models/find-model.ts';
import { reviewOf } from '../../models/review.ts';
import type { BucketTraffic } from '../../profiles/heads/profile-head.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { isTooLarge } from '../../store/lake/in-parts.ts';
import type { ReviewItemRow } from '../../store/ledger/schema.ts';
import { allowance, type Chosen, choose } from './choose.ts';
import { REASONS } from './reasons/index.ts';
import { type Candidate, everyOf, type Looked } from './reasons/reason.ts';
import { filledTo, labelledByPeople, predictionsSince, room } from './state.ts';

const DAY = 86_400_000;

/**
 * Puts predictions of the newest finished bucket of a model into its queue: a share of what may be added in a day, as its reasons find them. What was
 * looked through is not looked through again; dying in between, nothing was added and it is done anew. The same `random` makes the same choice.
 */
export async function fillQueue(ctx: Ctx, fence: Fence, random: Random): Promise<void> {
  const model = await findModel(ctx, fence.name);
  const settings = reviewOf(model);
  const judged = (await judgedTo(ctx, [model.id])).get(model.id) ?? 0;
  const before = await filledTo(ctx, model.id);
  if (settings === null || judged <= (before ?? 0)) return;
  const head = await profileHead(ctx, model.id);
  const bucket = newestFinished(head?.traffic ?? [], model.bucket_ms, before ?? 0, judged);
  // Where nothing has come yet, the first day's share is not spent on an empty stretch.
  if (bucket === null && before === null) return;
  const share = allowance(settings.per_day, before === null ? DAY : judged - before, random);
  const n = Math.min(share, await room(ctx, model.id, { ...settings, mostOpen: MOST_OPEN_REVIEWS }));
  const chosen: Chosen[] = [];
  if (bucket !== null && n > 0) {
    const [from, to] = [bucket.time, bucket.time + model.bucket_ms];
    const looked: Looked = {
      ...{ model, from, to, columns: await profiledColumns(ctx, model.id) },
      ...{ n: bucket.n, every: everyOf(bucket.n), seed: randomInteger(random, 2 ** 31) },
      ...{ limit: n, known: await predictionsSince(ctx, model.id, from - DAY - model.label_delay_ms) },
    };
    chosen.push(...choose(await find(ctx, looked, settings.reasons), n, random));
  }
  const now = ctx.clock();
  const rows = chosen.map(
    (one): ReviewItemRow => ({
      ...{ id: ctx.ids.id(), model: model.id, prediction: one.id, time: one.time },
      ...{ reason: one.reason, value: one.value, columns: JSON.stringify(one.columns ?? []) },
      ...{ stratum: one.stratum.slice(0, 256), weight: one.weight, created_at: now },
      ...{ state: 'open', wanted: settings.reviewers_per_item, finished_at: null },
    }),
  );
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    for (let i = 0; i < rows.length; i += 500)
      await trx
        .insertInto('review_items')
        .values(rows.slice(i, i + 500))
        .onConflict((conflict) => conflict.columns(['model', 'prediction', 'reason']).doNothing())
        .execute();
    const filled_to = judged;
    await trx
      .insertInto('review_fills')
      .values({ model: model.id, filled_to })
      .onConflict((conflict) => conflict.column('model').doUpdateSet({ filled_to }))
      .execute();
  });
}

/** What each reason finds; what a person labelled already is left out, but of an audit, which it would bend. */
async function find(
  ctx: Ctx,
  looked: Looked,
  reasons: readonly ReviewReason[],
): Promise<Map<ReviewReason, Candidate[]>> {
  const found = new Map<ReviewReason, Candidate[]>();
  for (const reason of reasons) {
    await ctx.turn();
    found.set(reason, await findFor(ctx, reason, looked));
  }
  const others = [...found].flatMap(([reason, all]) => (reason === 'audit' ? [] : all.map(({ id }) => id)));
  const labelled = await labelledByPeople(ctx, looked.model.id, [...new Set(others)]);
  return new Map(
    [...found].map(([reason, all]) => [
      reason,
      reason === 'audit' ? all : all.filter(({ id }) => !labelled.has(id)),
    ]),
  );
}

/** What one reason finds; where its statement is too much for the engine, in a tenth of what it would have looked at. */
async function findFor(ctx: Ctx, reason: ReviewReason, looked: Looked): Promise<Candidate[]> {
  try {
    return await REASONS[reason].find(ctx, looked);
  } catch (err) {
    if (!isTooLarge(err)) throw err;
    ctx.log.warn({ err, model: looked.model.id, reason }, 'too much for one look: a tenth is looked at');
    return REASONS[reason].find(ctx, { ...looked, every: 10 * looked.every });
  }
}

/** The newest bucket with predictions that is finished and was not looked through; null where there is none. Pure. */
export function newestFinished(
  traffic: readonly BucketTraffic[],
  bucketMs: number,
  filled: number,
  judged: number,
): BucketTraffic | null {
  return traffic.findLast(({ time, n }) => n > 0 && time >= filled && time + bucketMs <= judged) ?? null;
}
