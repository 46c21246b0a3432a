import type { Ctx } from '../../../context.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import { Track } from '../../track.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import type { QualityCase } from '../state/quality-case.ts';
import { labelledHistories } from '../windows/labelled.ts';
import { qualityVector } from '../windows/quality-vector.ts';
import type { QualityState, Span } from '../windows/subjects.ts';
import type { Period } from './judgeable.ts';

/** Windows of the past by which an estimate is measured. */
const WINDOWS = 4;

type Model = Pick<ModelRow, 'bucket_ms' | 'window_ms' | 'label_delay_ms'>;

/**
 * How far behind a bucket lies what its estimate is measured by: the newest buckets whose labels have come by then, if they
 * come in time, and that many windows before. It depends on event time alone, so that the order in which labels arrive does not.
 */
export function pastReach({ bucket_ms, window_ms, label_delay_ms }: Model): { lag: number; length: number } {
  const whole = (ms: number) => Math.max(1, Math.ceil(ms / bucket_ms)) * bucket_ms;
  return { lag: whole(label_delay_ms) + bucket_ms, length: WINDOWS * whole(window_ms) };
}

/** The labelled windows behind each bucket of a pass, without those that the baseline was counted from. */
export async function pastWindows(
  ctx: Ctx,
  known: Case,
  { recipe, watcher: { segment } }: QualityCase,
  span: Span,
  pass: Stretch,
  baseline: Period | null,
): Promise<Pick<QualityState, 'past'>> {
  const { model, columns } = known;
  const from = recipe.learned?.from.filter((name) => columns.has(name)) ?? [];
  if (from.length === 0) return {};
  const { lag, length } = pastReach(model);
  const bucketMs = model.bucket_ms;
  const start = pass.from + bucketMs - lag - length;
  const range = { segment, columns: from, from: start, to: pass.to - lag };
  const histories = await labelledHistories(ctx, known, range);
  const track = Track.of(recipe.width, Math.max(0, (range.to - start) / bucketMs), (bucket) =>
    qualityVector(recipe, histories, start + bucket * bucketMs),
  );
  const window = length / WINDOWS / bucketMs;
  return {
    past: (to) => {
      const end = (span.start + to * bucketMs - lag - start) / bucketMs;
      return Array.from({ length: WINDOWS }, (_, k) => end - (k + 1) * window)
        .filter((first) => first >= 0 && !overlaps(baseline, start + first * bucketMs, length / WINDOWS))
        .map((first) => ({
          from: start + first * bucketMs,
          sums: () => track.between(first, first + window),
        }));
    },
  };
}

function overlaps(period: Period | null, from: number, length: number): boolean {
  return period !== null && from < period.to && from + length > period.from;
}
