import type { Stretch } from '../plan/stretches.ts';
import type { Judgeable } from './judgeable.ts';

/** Buckets that are judged in one go, and what is done with each series of them. */
export interface Pass extends Stretch {
  take(judgeable: Judgeable): Promise<void>;
}
