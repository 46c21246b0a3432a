import { type Surprise, Surprises } from '../../../stats/anomaly/surprise.ts';
import type { WatchedSubject } from '../subject.ts';
import { Track } from '../track.ts';
import { beginOf, type WatchedHistory } from './history.ts';

/** A signal as its detector sees it. Each block is gone through once, when its first bucket is asked for. */
export function watchedSubject({ start, bucketMs, values }: WatchedHistory): WatchedSubject {
  const blocks = new Map<number, Surprise[]>();
  const judged = (begin: number) => {
    const surprises = new Surprises({ stepMs: bucketMs });
    const first = (begin - start) / bucketMs;
    return Array.from(values.subarray(first), (value, i) => surprises.after(begin + i * bucketMs, value));
  };
  return {
    source: 'watched',
    ...{ start, bucketMs },
    traffic: Track.of(1, values.length, () => undefined),
    valueAt: (index) => values[index] ?? Number.NaN,
    surpriseAt(index) {
      const begin = Math.max(start, beginOf(start + index * bucketMs, bucketMs));
      const block = blocks.get(begin) ?? judged(begin);
      blocks.set(begin, block);
      return block[index - (begin - start) / bucketMs]!;
    },
  };
}
