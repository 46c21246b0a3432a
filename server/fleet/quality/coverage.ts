import type { ModelQuality } from '../../../contract/quality.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { AGES, labelMaturity } from '../../profiles/labels/maturity.ts';
import { LABEL_DELAY, LABEL_ORIGIN, type Profile, present } from '../../profiles/profile.ts';
import type { ProfilePoint } from '../../profiles/read/read-profiles.ts';
import { measured } from './measured.ts';

/** The last of ages that say something: all labels but so few have come. */
const AS_GOOD_AS_ALL = 0.999;
/** Stretches that a range is told in. */
const STEPS = 12;

/** Profiles that coverage is told from. */
export const COVERED_BY: readonly string[] = ['_all', '_label', LABEL_DELAY, LABEL_ORIGIN];

/**
 * How complete labels are: by age, learned from how long they took, and for each part of the range, which share of its
 * predictions is labelled and which share of the labels that are to be expected that is. Delays are learned from predictions
 * that are at least twice as old as nearly all labels took: of younger ones only the quick labels have come yet. `newest`: event
 * time of the newest prediction. Pure.
 */
export function coverageOf(
  points: readonly ProfilePoint[],
  { newest, bucketMs }: { readonly newest: number; readonly bucketMs: number },
): ModelQuality['coverage'] {
  const of = (column: string) => points.filter((point) => point.column === column);
  const { settled, total, come } = labelMaturity(of(LABEL_DELAY), { newest, spanMs: bucketMs });
  const complete = (age: number) => (total === 0 ? null : come(age) / total);
  const reached = AGES.findIndex((age) => (complete(age) ?? 1) >= AS_GOOD_AS_ALL);
  const origin = (what: string) =>
    of(LABEL_ORIGIN).reduce((known, { profile }) => known + (profile.counts.get(what) ?? 0), 0);
  return {
    settled,
    maturity: (total === 0 ? [] : AGES.slice(0, reached < 0 ? AGES.length : reached + 1)).map((age) => ({
      age_ms: age,
      share: measured({ ...proportion(come(age), total), n: total }),
    })),
    steps: stepsOf(of('_all'), of('_label'), (time) => complete(newest - time - bucketMs), bucketMs),
    human: origin('human'),
    contradicted: origin('contradicted'),
    early: origin('early'),
  };
}

function stepsOf(
  all: readonly ProfilePoint[],
  labels: readonly ProfilePoint[],
  complete: (time: number) => number | null,
  bucketMs: number,
): ModelQuality['coverage']['steps'] {
  const times = all.map(({ time }) => time);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (times.length === 0) return [];
  const step = Math.max(bucketMs, Math.ceil((last + bucketMs - first) / STEPS / bucketMs) * bucketMs);
  const place = ({ time }: ProfilePoint) => Math.floor((time - first) / step);
  const counted = (points: readonly ProfilePoint[], count: (profile: Profile) => number) => {
    const counts = new Map<number, number>();
    for (const point of points)
      counts.set(place(point), (counts.get(place(point)) ?? 0) + count(point.profile));
    return counts;
  };
  const predictions = counted(all, ({ n }) => n);
  const labelled = counted(labels, present);
  return [...predictions]
    .sort(([a], [b]) => a - b)
    .map(([k, n]) => {
      const found = labelled.get(k) ?? 0;
      return {
        from: rfc3339(first + k * step),
        to: rfc3339(Math.min(last + bucketMs, first + (k + 1) * step)),
        predictions: n,
        labelled: measured({ ...proportion(found, n), n }),
        // By the middle of the step.
        complete: complete(first + (k + 0.5) * step),
      };
    });
}
