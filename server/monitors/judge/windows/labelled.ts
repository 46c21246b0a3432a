import type { Ctx } from '../../../context.ts';
import { type BucketCount, readCounts } from '../../../profiles/read/read-counts.ts';
import { type ProfilePoint, readProfiles } from '../../../profiles/read/read-profiles.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import { qualityColumns } from '../state/quality-case.ts';
import { type Counts, countsFrom } from './counts.ts';
import { type Histories, type HistoryRange, historiesOf, readHistories } from './histories.ts';
import { Shelf } from './shelf.ts';

/** Counts that are kept at most. */
const COUNTS = 20_000;
/** Cells of profiles that are kept at most; that a profile is there weighs as much as some of them. */
const CELLS = 200_000;
const PROFILE = 10;
/** The profile of a number that spreads as numbers do has about so many cells, however many rows it counts. */
const FULL = 200;

/** How many predictions quality is judged by per bucket; all series of a segment have them from one look. */
export async function labelledCounts(
  ctx: Ctx,
  known: Case,
  columns: readonly string[],
  { from, to, segment }: Stretch & { readonly segment: string },
): Promise<Counts> {
  const bucketMs = known.model.bucket_ms;
  const span = { start: from, bucketMs, buckets: (to - from) / bucketMs };
  return countsFrom(span, await shelvesOf(ctx, known, segment).counts.of(columns, { from, to }));
}

/** The profiles that quality is judged by per bucket, likewise; those of groups are read by themselves. */
export async function labelledHistories(
  ctx: Ctx,
  known: Case,
  range: Omit<HistoryRange, 'model' | 'bucketMs'> & { readonly segment: string },
): Promise<Histories> {
  const { id: model, bucket_ms: bucketMs } = known.model;
  if (range.groups !== undefined) return readHistories(ctx, { ...range, model, bucketMs });
  return historiesOf(await shelvesOf(ctx, known, range.segment).profiles.of(range.columns, range));
}

interface Shelves {
  readonly counts: Shelf<BucketCount>;
  readonly profiles: Shelf<ProfilePoint>;
}

function shelvesOf(ctx: Ctx, known: Case, segment: string): Shelves {
  return known.once.of(known.head.revision, `labelled ${segment}`, () => {
    const { model, plan } = known;
    const step = model.bucket_ms;
    const some = known.watchers.filter((watcher) => watcher.segment === segment);
    const columns = qualityColumns(known, some);
    const within = { from: plan.first, to: Math.max(plan.judgedTo, plan.completeTo) };
    const rangeOf = (names: readonly string[], { from, to }: Stretch) => ({
      ...{ model: model.id, segment, columns: names, from, to },
    });
    const perBucket = columns.size * (PROFILE + Math.min(FULL, rowsPerBucket(known)));
    return {
      counts: new Shelf(
        {
          ...{ columns, within, mostMs: (COUNTS / columns.size) * step },
          read: (names, stretch) => readCounts(ctx, rangeOf(names, stretch)),
        },
        step,
      ),
      profiles: new Shelf(
        {
          ...{ columns, within, mostMs: (CELLS / perBucket) * step },
          read: (names, stretch) => readProfiles(ctx, rangeOf(names, stretch), { step }),
        },
        step,
      ),
    };
  });
}

function rowsPerBucket({ model, head }: Case): number {
  const buckets = ((head.last ?? 0) - (head.first ?? 0)) / model.bucket_ms + 1;
  return head.predictions / buckets;
}
