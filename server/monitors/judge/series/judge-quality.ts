import type { Ctx } from '../../../context.ts';
import { Track } from '../../track.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import type { QualityCase } from '../state/quality-case.ts';
import { dayOf, referencesAt } from '../state/references.ts';
import { settingsOf } from '../state/settings.ts';
import { type Counts, earliestNeeded } from '../windows/counts.ts';
import { labelledCounts, labelledHistories } from '../windows/labelled.ts';
import { type QualityState, qualitySubject } from '../windows/subjects.ts';
import { type Judgeable, judgeable, type Pass } from './judgeable.ts';
import { pastWindows } from './past-windows.ts';
import { qualityBaseline } from './quality-baseline.ts';

/** Labelled predictions per bucket, with the predictions themselves, as far back as windows reach. */
export interface LabelCounts extends Counts {
  readonly labelled: Track;
}

export async function readLabelCounts(
  ctx: Ctx,
  known: Case,
  { watcher, recipe }: QualityCase,
  { from, to }: Stretch,
): Promise<LabelCounts> {
  const { model, plan } = known;
  const bucketMs = model.bucket_ms;
  const { settings } = settingsOf(watcher.kind, watcher.options, model, recipe.metric);
  const start = Math.min(from, Math.max(plan.first, from - settings.maxWindow * bucketMs));
  const counts = await labelledCounts(ctx, known, ['_all', ...recipe.labelledIn], {
    ...{ from: start, to, segment: watcher.segment },
  });
  const tracks = recipe.labelledIn.map((column) => counts.of(column));
  const labelled = Track.of(1, counts.buckets, (bucket) => [
    tracks.reduce((sum, track) => sum + track.total(bucket, bucket + 1), 0),
  ]);
  return { ...counts, labelled };
}

/** Judges the buckets of a pass by what their labels say. */
export async function judgeQuality(
  ctx: Ctx,
  known: Case,
  quality: QualityCase,
  counts: LabelCounts,
  pass: Pass,
): Promise<void> {
  const { model } = known;
  const { watcher, recipe, firstLabel, matureTo } = quality;
  const { start, bucketMs } = counts;
  const { settings } = settingsOf(watcher.kind, watcher.options, model, recipe.metric);
  const bucket = (time: number) => (time - start) / bucketMs;
  const earliest = earliestNeeded(counts.labelled, bucket(pass.from), bucket(pass.to), [settings]);
  const span = { start: start + earliest * bucketMs, bucketMs, buckets: bucket(pass.to) - earliest };
  const references = referencesAt(ctx, known, dayOf(pass.from), watcher.segment);
  const baseline = watcher.kind.absolute ? null : await qualityBaseline(ctx, known, quality, references);
  // What is estimated ahead reads scores alone, and nothing before it has learned what they mean.
  const columns = recipe.learned?.ahead ? recipe.labelledIn : recipe.columns;
  const range = {
    ...{ columns, from: span.start, to: pass.to },
    ...{ segment: watcher.segment, groups: recipe.groups },
  };
  const lacks = recipe.learned !== undefined && baseline === null;
  const histories = lacks ? new Map() : await labelledHistories(ctx, known, range);
  const subject = qualitySubject(
    { ...span, traffic: counts.of('_all').from(earliest) },
    {
      recipe,
      histories,
      baseline: baseline?.sums ?? null,
      ...(recipe.learned?.ahead &&
        (await pastWindows(ctx, known, quality, span, pass, baseline?.period ?? null))),
      matureTo: (matureTo - span.start) / bucketMs,
      ...(recipe.learned?.ahead ? {} : completeness(known)),
    },
  );
  await pass.take(
    judgeable(model, watcher, {
      subject: lacks ? { ...subject, labelled: counts.labelled.from(earliest) } : subject,
      comparedWith: baseline?.comparedWith ?? '',
      period: baseline?.period ?? null,
      first: firstLabel,
      metric: recipe.metric,
      definition: recipe.meta?.definition,
      column: watcher.column,
    }),
  );
}

/** The share of the labels of a bucket that have come by its age. */
function completeness({
  model: { bucket_ms: bucketMs },
  head,
  maturity,
}: Case): Pick<QualityState, 'complete'> {
  if (maturity === null) return {};
  const newest = head.newest_event ?? 0;
  return { complete: (time) => maturity.come(newest - time - bucketMs) / maturity.total };
}

/** The same series in a stretch that may still get labels: what it shows is that they are awaited. */
export function awaitingLabels(
  { model }: Pick<Case, 'model'>,
  { watcher, recipe, firstLabel }: QualityCase,
  { start, bucketMs, of, labelled }: LabelCounts,
  { from, to }: Stretch,
): Judgeable {
  const skipped = (from - start) / bucketMs;
  const span = { start: from, bucketMs, buckets: (to - from) / bucketMs };
  const timeline = { ...span, traffic: of('_all').from(skipped) };
  const none = qualitySubject(timeline, { recipe, histories: new Map(), baseline: null, matureTo: 0 });
  const subject = { ...none, labelled: labelled.from(skipped) };
  const { column } = watcher;
  return judgeable(model, watcher, { subject, column, first: firstLabel, metric: recipe.metric });
}
