import type { Json } from './values.ts';

/** The newest values of the signals that the fleet shows. */
export interface SignalHeadRow {
  model: string;
  quality: Json;
}
