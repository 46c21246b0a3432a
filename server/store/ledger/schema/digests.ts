import type { Json } from './values.ts';

/** A digest that a channel gets. Times are epoch ms. */
export interface DigestRow {
  channel: string;
  every: 'daily' | 'weekly';
  /** When it is due and what it is about, JSON as in contract/digest.ts. */
  settings: Json;
  /** The newest moment at which it was due and that is done with: told, or left out as the channel was switched off. */
  due_done: number;
  /** Up to when it has told; the next one goes on from there. */
  told_to: number;
  created_at: number;
  updated_at: number;
}
