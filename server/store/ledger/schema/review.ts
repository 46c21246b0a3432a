import type { ReviewReason, ReviewState, ReviewTurn } from '../../../../contract/review.ts';
import type { Json } from './values.ts';

/** A prediction that people should look at. Unique by model, prediction and reason. Times are epoch ms. */
export interface ReviewItemRow {
  id: string;
  model: string;
  prediction: string;
  /** Of the prediction. */
  time: number;
  reason: ReviewReason;
  /** What the reason measured; null of an audit. */
  value: number | null;
  /** Names of columns, JSON. */
  columns: Json;
  stratum: string;
  /** Predictions that it stands for; null but of an audit. */
  weight: number | null;
  created_at: number;
  state: ReviewState;
  /** People who are to look at it. */
  wanted: number;
  finished_at: number | null;
}

/** What one person has to do with an item. */
export interface ReviewTurnRow {
  item: string;
  reviewer: string;
  state: ReviewTurn['state'];
  at: number;
  /** A claim holds until then; null: until it is answered or skipped. */
  until: number | null;
}

/** Event time up to which a model's predictions were looked through. */
export interface ReviewFillRow {
  model: string;
  filled_to: number;
}
