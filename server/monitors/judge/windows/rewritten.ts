import type { Ctx } from '../../../context.ts';
import type { Rewrite } from '../../../profiles/heads/profile-head.ts';
import { rewrittenBuckets } from '../../../profiles/read/read-counts.ts';
import { clipped, merged, type Stretch, stretchesOf } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';

/** Buckets listed in one go. */
const PAGE = 50_000;

/**
 * Which buckets before `cursor` were rewritten. What a head says covers more than that, when old and new ones were
 * written at once: the profiles of `columns` know it exactly.
 */
export async function rewrittenStretches(
  ctx: Ctx,
  { model, plan }: Pick<Case, 'model' | 'plan'>,
  columns: readonly string[],
  rewrites: readonly Rewrite[],
  cursor: number,
): Promise<Stretch[]> {
  const bucketMs = model.bucket_ms;
  const covered = merged(clipped(rewrites, plan.first, cursor));
  const revision = rewrites.reduce(
    (least, rewrite) => Math.min(least, rewrite.revision),
    Number.MAX_SAFE_INTEGER,
  );
  const found: Stretch[] = [];
  for (const { from, to } of covered) {
    if (to - from === bucketMs) found.push({ from, to });
    for (let at = from; to - from > bucketMs && at < to; ) {
      const buckets = await rewrittenBuckets(ctx, { model: model.id, columns, from: at, to, revision }, PAGE);
      found.push(...stretchesOf(buckets, bucketMs));
      at = buckets.length < PAGE ? to : buckets.at(-1)! + bucketMs;
    }
  }
  return merged(found);
}
