import { dueAt } from '../../monitors/judge/plan/watermark.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { SHOWN } from '../../profiles/profile.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { SetupFacts } from './facts.ts';

/** Columns that make a row an answer. */
export const ANSWERS = ['_prediction', '_score', SHOWN];

/** What was read of a model. */
export interface SetupReadings
  extends Pick<SetupFacts, 'now' | 'timeless' | 'reference' | 'qualityUnknown' | 'channels' | 'positive'> {
  readonly head: ProfileHead | undefined;
  /** Columns of answers that have come: `_prediction`, `_score`. */
  readonly answers: ReadonlySet<string>;
  /** End of the last bucket that was judged; undefined before the first. */
  readonly judgedTo: number | undefined;
}

/** Facts from what was read. Pure. */
export function setupFacts(
  model: Pick<ModelRow, 'bucket_ms' | 'task'>,
  { head, answers, judgedTo = 0, ...rest }: SetupReadings,
): SetupFacts {
  const { bucket_ms: bucketMs } = model;
  const first = head?.first ?? null;
  const newest = head?.newest_event ?? head?.last ?? null;
  const stream = {
    bucketMs,
    newestEvent: head?.newest_event ?? null,
    lastReceived: head?.last_received ?? 0,
  };
  return {
    ...rest,
    bucketMs,
    task: model.task,
    predictions: head?.predictions ?? 0,
    counted: head?.sent ?? 0,
    spanMs: first === null || newest === null ? 0 : Math.max(0, newest - first),
    answers: { prediction: answers.has('_prediction') || answers.has(SHOWN), score: answers.has('_score') },
    first,
    judged: first !== null && judgedTo > first,
    dueAt: first === null ? null : dueAt(stream, first),
    labels: { found: head?.labels ?? 0, waiting: head?.waiting ?? 0 },
  };
}
