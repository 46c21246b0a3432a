import type { Judgement } from '../../../alerts/judgements.ts';
import type { ProfileHead, Rewrite } from '../../../profiles/heads/profile-head.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import { grace, type Watermark, watermark } from './watermark.ts';

/** What there is to judge of a model. Times are event times, at edges of buckets. */
export interface Plan extends Watermark {
  /** Start of the first bucket with predictions. */
  readonly first: number;
  /** Start of the first bucket that was not judged. */
  readonly judgedTo: number;
  /** Up to here labels have had their time. */
  readonly maturedTo: number;
  /** What was rewritten of the judged buckets since, and perhaps more. */
  readonly rewritten: readonly Rewrite[];
  /** Wall clock at which what came in the last seconds completes buckets; null when it completes none. */
  readonly settlesAt: number | null;
  /** Whether there is anything to do. */
  readonly due: boolean;
}

/** A head forgets rewrites beyond 64: those of buckets that are still open are passed over in time. */
const REWRITES = 32;

/** Of two batches that are sent one after the other the second may be stored first: by so much, and not by more. */
const SETTLE_MS = 5_000;

/** Start of the newest bucket that had come a while ago: what came in the last seconds completes none before it. */
function settledTo({ rewrites, last_received }: ProfileHead, bucketMs: number, now: number): number {
  const quiet = (last_received ?? 0) <= now - SETTLE_MS;
  // A column that was counted anew tells nothing of what came.
  const came = rewrites.filter(({ what }) => what !== 'columns');
  if (quiet || came.length === 0) return Number.POSITIVE_INFINITY;
  const settled = came.filter(({ revision }) => revision <= now - SETTLE_MS);
  return settled.reduce((newest, { to }) => Math.max(newest, to - bucketMs), 0);
}

/**
 * What there is to judge. Pure. `now`: everything that arrived before it is in the profiles. Null while the profiles are
 * none, or of buckets of another length.
 */
export function planOf(
  head: ProfileHead | undefined,
  model: Pick<ModelRow, 'bucket_ms' | 'label_delay_ms'>,
  judgement: Judgement,
  now: number,
): Plan | null {
  const { bucket_ms: bucketMs, label_delay_ms: delay } = model;
  if (head === undefined || head.first === null || head.bucket_ms !== bucketMs) return null;
  const floor = (time: number) => Math.floor(time / bucketMs) * bucketMs;
  const newestEvent = head.newest_event;
  const stream = { bucketMs, newestEvent, lastReceived: head.last_received ?? 0 };
  const first = floor(head.first);
  const judgedTo = Math.max(floor(judgement.evaluated_to), first);
  const mark = watermark({ ...stream, now });
  const completeTo = Math.min(mark.completeTo, settledTo(head, bucketMs, now));
  const maturedTo = newestEvent === null ? 0 : Math.max(0, floor(newestEvent - delay - grace(bucketMs)));
  const since = head.rewrites.filter(({ revision }) => revision > judgement.judged_revision);
  const rewritten = since.filter(({ from }) => from < floor(judgement.evaluated_to));
  const settlesAt = mark.completeTo > Math.max(completeTo, judgedTo) ? now + SETTLE_MS : null;
  const plan = { ...mark, completeTo, first, judgedTo, maturedTo, rewritten, settlesAt };
  const matured = delay > 0 && head.labels > 0 && maturedTo > judgement.matured_to;
  const passed = since.length > REWRITES;
  const waiting = judgement.due_at !== null && judgement.due_at <= now;
  const complete = completeTo > judgedTo;
  return { ...plan, due: complete || waiting || matured || passed || rewritten.length > 0 };
}
