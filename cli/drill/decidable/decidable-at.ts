import { LABEL_MS, type Replayed } from '../replayed.ts';
import type { Trained } from '../trained.ts';
import { bucketsSeen, referenceSeen, type Seen } from './seen.ts';
import { type Thresholds, testsOf } from './tests.ts';

const references = new WeakMap<Trained, readonly Seen[]>();

/**
 * The first bucket of a fault, 1 the one in which it begins, at whose end somebody would be sure of it who knows what broke and where, and looks at
 * just the stretch that shows it best: at the thresholds of the monitors, and at the chance of a false alarm that they take. A fault that is small
 * beside its noise is decidable later; null: not within the replay. Event time: when labels come does not count.
 */
export function decidableAt(
  replay: Replayed,
  trained: Trained,
  usualRows: number,
  thresholds: Thresholds,
): number | null {
  const reference = references.get(trained) ?? referenceSeen(trained);
  references.set(trained, reference);
  const tests = testsOf(reference, replay.planted?.columns ?? [], usualRows, thresholds);
  const buckets = bucketsSeen(replay, trained, LABEL_MS);
  for (let to = 1; to <= buckets.length; to++) {
    let stretch: readonly Seen[] = [];
    for (let from = to - 1; from >= 0; from--) {
      stretch = [...buckets[from]!, ...stretch];
      if (tests.some((test) => test(stretch, to - from))) return to;
    }
  }
  return null;
}
