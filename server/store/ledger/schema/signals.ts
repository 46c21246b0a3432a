import type { Json } from './values.ts';

/** What is kept of a model's signals, so that nobody has to look for it. Times are epoch ms. */
export interface SignalHeadRow {
  model: string;
  /** Buckets of the first and of the newest value; null before the first. */
  first: number | null;
  last: number | null;
  /** The newest values of what stands for the model's quality; null before there are any. */
  quality: Json | null;
}
