import type { Registry } from '../../../../contract/registry.ts';
import type { Json } from './values.ts';

/** A version of a model as a registry has it. */
export interface RegisteredVersionRow {
  model: string;
  /** What senders call it. */
  version: string;
  registry: Registry;
  /** What the registry calls the model. */
  name: string;
  /** RegisteredVersion of contract/registry.ts, JSON. */
  told: Json;
  /** When the registry said so last, epoch ms. */
  seen_at: number;
}
