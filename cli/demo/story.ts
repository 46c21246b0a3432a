import type { Change, Label, Prediction } from '../../clients/typescript/tiltmeter.ts';
import type { NewModel } from '../../contract/model.ts';

/** A stopwatch in milliseconds with fractions, for the latency of a prediction. */
export type Stopwatch = () => number;

/** One model's life in the demo: how it is declared, what it was trained on, and what it will be asked. */
export interface Story {
  readonly model: NewModel;
  /** The training rows with out-of-fold predictions and labels, as CSV. */
  readonly reference: { readonly name: string; readonly csv: string };
  readonly changes: readonly Change[];
  /** Event time of its deployment, epoch milliseconds: that of the first question. */
  readonly begins: number;
  /** Everything it will be asked, in time order, also beyond now. The model answers when `ask` is called. */
  readonly questions: Iterable<Question>;
  /** What the terminal says about the training: one sentence. */
  readonly trained: string;
}

export interface Question {
  /** Event time, epoch milliseconds. */
  readonly time: number;
  readonly ask: (stopwatch: Stopwatch) => Prediction;
  /** The truth, and the event time at which it becomes known. */
  readonly label: Label & { readonly time: number };
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
