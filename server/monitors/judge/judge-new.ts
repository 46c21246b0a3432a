import type { Judgement } from '../../alerts/judgements.ts';
import { judgeSeries, type SeriesMemory } from '../../alerts/series.ts';
import type { Outcome } from '../../alerts/store-outcomes.ts';
import type { Ctx } from '../../context.ts';
import { firstBucketFrom } from '../../profiles/read/read-counts.ts';
import { SignalBatch } from '../../signals/signal-batch.ts';
import { unjudged } from '../kind.ts';
import { headlineOf } from '../kinds/index.ts';
import { addPoints, forwardPass } from './decisions/forward.ts';
import type { Recorder } from './decisions/record.ts';
import type { Stretch } from './plan/stretches.ts';
import { dueAt } from './plan/watermark.ts';
import { judgeBuckets } from './series/judge-buckets.ts';
import { awaitingLabels, judgeQuality, readLabelCounts } from './series/judge-quality.ts';
import { isWatched, newWatched } from './series/judge-watched.ts';
import { judgeable, judgeOver, pointsOf } from './series/judgeable.ts';
import type { Case } from './state/model-state.ts';
import {
  isQuality,
  type QualityWatcher,
  qualityAlert,
  qualityCase,
  qualityWatchers,
} from './state/quality-case.ts';
import { comparableTo } from './state/references.ts';
import { noLabels } from './windows/subjects.ts';

/** Buckets judged in one go; a long replay takes several. */
const CHUNK = 4_000;
const DAY = 86_400_000;
/** When nothing came for so long, judging goes on where it came again: longer than any default window looks back. */
const GAP_MS = 28 * DAY;
const AT_ONCE = 0;

export interface Judged {
  /** Buckets judged, and values stored. */
  readonly buckets: number;
  readonly points: number;
  /** There is more to judge at once. */
  readonly more: boolean;
}

/** Judges buckets that have become complete, or whose labels have come, and records what was decided. */
export async function judgeNew(ctx: Ctx, known: Case, { record }: Recorder): Promise<Judged> {
  const { model, plan } = known;
  const stretch = await nextStretch(ctx, known);
  const batch = new SignalBatch(ctx, ctx.clock(), headlineOf);
  const outcomes: Outcome[] = [];
  const others = known.watchers.filter((watcher) => !isQuality(watcher) && !isWatched(watcher));
  if (stretch.from < stretch.to)
    await judgeBuckets(ctx, known, others, forwardPass(known, stretch, { batch, outcomes }));
  let more = stretch.to < plan.completeTo;
  for (const watcher of qualityWatchers(known)) {
    await ctx.turn();
    if (await newQuality(ctx, known, watcher, stretch, { batch, outcomes })) more = true;
  }
  await batch.flush();
  for (const watcher of known.watchers.filter(isWatched))
    await newWatched(ctx, known, watcher, stretch, { batch, outcomes });
  await batch.flush();
  const judgedTo = Math.max(stretch.to, known.judgement.evaluated_to);
  await record(outcomes, stepTo(known, judgedTo, more));
  return { buckets: (stretch.to - stretch.from) / model.bucket_ms, points: batch.stored, more };
}

function stepTo(
  { model, head, plan, judgement }: Case,
  judgedTo: number,
  more: boolean,
): Pick<Judgement, 'evaluated_to' | 'judged_revision' | 'matured_to' | 'due_at'> {
  const stream = {
    bucketMs: model.bucket_ms,
    newestEvent: head.newest_event,
    lastReceived: head.last_received ?? 0,
  };
  return {
    evaluated_to: judgedTo,
    judged_revision: head.revision,
    matured_to: more ? judgement.matured_to : plan.maturedTo,
    due_at: more ? AT_ONCE : (plan.settlesAt ?? dueAt(stream, judgedTo)),
  };
}

/**
 * The buckets that are next: from the first that was not judged, or, after a long gap, from where predictions came again,
 * so that one event of the year 2001 does not make a quarter of a century of empty hours.
 */
async function nextStretch(ctx: Ctx, known: Case): Promise<Stretch> {
  const { model, plan } = known;
  let from = plan.judgedTo;
  if (plan.completeTo - from > GAP_MS) {
    const next = await firstBucketFrom(ctx, model.id, from);
    if (next !== undefined && next - from > GAP_MS) from = next;
  }
  return { from, to: Math.max(from, Math.min(plan.completeTo, comparableTo(known, from, CHUNK))) };
}

type Into = Parameters<typeof forwardPass>[2];

/** Buckets whose labels are in; the rest of the new ones is shown as awaiting them. True when there are more. */
async function newQuality(
  ctx: Ctx,
  known: Case,
  watcher: QualityWatcher,
  fresh: Stretch,
  into: Into,
): Promise<boolean> {
  const quality = qualityCase(known, watcher, Math.max(fresh.to, known.plan.judgedTo));
  const any = fresh.from < fresh.to;
  if ('reason' in quality) {
    if (any) into.outcomes.push(nothingToJudge(known, watcher, quality.reason, fresh));
    return false;
  }
  const { cursor, matureTo } = quality;
  const to = Math.min(matureTo, comparableTo(known, cursor, CHUNK));
  const late = { from: Math.max(fresh.from, matureTo), to: fresh.to };
  const isLate = late.from < late.to;
  if (cursor >= to && !isLate) return false;
  const looked = { from: cursor < to ? cursor : late.from, to: isLate ? Math.max(to, late.to) : to };
  const counts = await readLabelCounts(ctx, known, quality, looked);
  if (cursor < to)
    await judgeQuality(ctx, known, quality, counts, forwardPass(known, { from: cursor, to }, into));
  if (isLate) {
    const awaited = awaitingLabels(known, quality, counts, late);
    await addPoints(into.batch, known, awaited.series, pointsOf(awaited, judgeOver(awaited, late, null, 0)));
    if (cursor >= to && qualityAlert(known, watcher) === null)
      into.outcomes.push(nothingToJudge(known, watcher, 'labels_not_mature', fresh));
  }
  return to < matureTo;
}

/** No labels yet: the state says so, and the buckets stay to be judged when labels come. */
function nothingToJudge(known: Case, watcher: QualityWatcher, reason: string, { to }: Stretch): Outcome {
  const { model } = known;
  const previous = qualityAlert(known, watcher);
  const { series, rules } = judgeable(model, watcher, {
    subject: noLabels(model.bucket_ms),
    column: watcher.column,
    first: 0,
  });
  const measured = unjudged(reason === 'labels_not_mature' ? 'late' : 'no_data', reason);
  const memory = previous && (JSON.parse(previous.memory) as SeriesMemory);
  const time = () => to - model.bucket_ms;
  const judged = judgeSeries(() => measured, 0, 1, time, rules, memory);
  return {
    series,
    severity: watcher.monitor.severity,
    previous,
    basis: '',
    memory: judged.memory,
    last: judged.last,
    lastTime: previous?.last_time ?? 0,
    lines: judged.transitions.map((told) => ({ ...told, correction: false })),
    checkpoints: [],
  };
}
