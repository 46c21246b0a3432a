import type { Ctx } from '../../../context.ts';
import type { Rewrite } from '../../../profiles/heads/profile-head.ts';
import { type RewrittenBucket, rewrittenBuckets } from '../../../profiles/read/read-counts.ts';
import { clipped, merged, type Stretch, stretchesOf } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import { qualityColumns } from '../state/quality-case.ts';

/** Buckets listed in one go. */
const PAGE = 50_000;

/**
 * Which buckets before `cursor` were rewritten. What a head says covers more than that, when old and new ones were
 * written at once: the profiles of `columns` know it exactly.
 */
export async function rewrittenStretches(
  ctx: Ctx,
  known: Case,
  columns: readonly string[],
  rewrites: readonly Rewrite[],
  cursor: number,
): Promise<Stretch[]> {
  const { model, plan } = known;
  const revision = rewrites.reduce(
    (least, rewrite) => Math.min(least, rewrite.revision),
    Number.MAX_SAFE_INTEGER,
  );
  const found: Stretch[] = [];
  for (const whole of merged(rewrites)) {
    const [covered] = clipped([whole], plan.first, cursor);
    if (covered === undefined) continue;
    if (covered.to - covered.from === model.bucket_ms) found.push(covered);
    else {
      const buckets = await rewrittenOf(ctx, known, columns, { ...whole, revision });
      found.push(...clipped(stretchesOf(buckets, model.bucket_ms), covered.from, covered.to));
    }
  }
  return merged(found);
}

/** Buckets in which some of the columns were rewritten; what quality is judged by is looked up once for all of it. */
async function rewrittenOf(
  ctx: Ctx,
  known: Case,
  columns: readonly string[],
  written: Stretch & { readonly revision: number },
): Promise<number[]> {
  const { model, head, once } = known;
  const among = once.of(head.revision, 'columns of quality', () => qualityColumns(known, known.watchers));
  const shared = columns.every((column) => among.has(column));
  const read = () => readRewritten(ctx, model, shared ? [...among] : columns, written);
  const { from, to, revision } = written;
  const name = `rewritten ${from} ${to} ${revision}`;
  const rows = await (shared ? once.of(head.revision, name, read) : read());
  return rows.flatMap(({ bucket, names }) => (names.some((name) => columns.includes(name)) ? [bucket] : []));
}

async function readRewritten(
  ctx: Ctx,
  { id, bucket_ms: bucketMs }: Case['model'],
  columns: readonly string[],
  { from, to, revision }: Stretch & { readonly revision: number },
): Promise<RewrittenBucket[]> {
  const all: RewrittenBucket[] = [];
  for (let at = from; at < to; ) {
    const page = await rewrittenBuckets(ctx, { model: id, columns, from: at, to, revision }, PAGE);
    all.push(...page);
    at = page.length < PAGE ? to : page.at(-1)!.bucket + bucketMs;
  }
  return all;
}
