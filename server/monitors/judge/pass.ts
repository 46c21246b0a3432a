import type { Judgeable } from './judgeable.ts';
import type { Stretch } from './stretches.ts';

/** Buckets that are judged in one go, and what is done with each series of them. */
export interface Pass extends Stretch {
  take(judgeable: Judgeable): Promise<void>;
}
