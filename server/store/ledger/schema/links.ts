import type { Json } from './values.ts';

/** A link to another system. */
export interface LinkRow {
  name: string;
  /** Where it is shown, JSON as in contract/link.ts. */
  places: Json;
  url: string;
  updated_at: number;
}
