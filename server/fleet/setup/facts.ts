import type { Task } from '../../../contract/model.ts';
import type { PositiveClass } from '../../models/positive-class.ts';

/** What is known of a model that is being set up. Times are epoch milliseconds. */
export interface SetupFacts {
  readonly now: number;
  readonly bucketMs: number;
  readonly task: Task;
  readonly positive: PositiveClass | null;
  readonly predictions: number;
  /** Of these, those that agents counted where they were made: there are no rows of them. */
  readonly counted: number;
  /** Event time from the first bucket to the newest event. */
  readonly spanMs: number;
  /** Of the newest predictions that were looked at, those that bear the moment at which they came; null when nobody looked. */
  readonly timeless: { readonly n: number; readonly of: number } | null;
  readonly answers: { readonly prediction: boolean; readonly score: boolean };
  /** Name of the default reference; rows where it is a file. */
  readonly reference: { readonly name: string; readonly rows: number | null } | null;
  /** The first bucket with predictions; null before the first. */
  readonly first: number | null;
  readonly judged: boolean;
  /** Wall clock at which the first bucket is judged although nothing comes any more; null when only events complete it. */
  readonly dueAt: number | null;
  /** Labels beside a prediction, and those of which the prediction has not come. */
  readonly labels: { readonly found: number; readonly waiting: number };
  /** Why no value of quality is there, in a sentence; null when one is. */
  readonly qualityUnknown: string | null;
  /** Channels that messages go to. */
  readonly channels: number;
}
