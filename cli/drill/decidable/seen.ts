import { HOUR } from '../../demo/story.ts';
import type { Value } from '../faults/fault.ts';
import type { Replayed } from '../replayed.ts';
import type { Trained } from '../trained.ts';

/** A row as whoever knows everything sees it. */
export interface Seen {
  readonly features: Readonly<Record<string, Value>>;
  /** The score, or the number that was predicted; null where there was no answer. */
  readonly answer: number | null;
  /** How wrong the answer was: 0 or 1 for classes, the absolute error of numbers; null without one. */
  readonly loss: number | null;
  readonly latencyMs: number;
  readonly failed: boolean;
  /** Whether its label came when labels come. */
  readonly labelled: boolean;
}

/** The rows of each bucket of a fault, from the one in which it begins. */
export function bucketsSeen({ story, onset }: Replayed, { table }: Trained, inTimeMs: number): Seen[][] {
  const buckets: Seen[][] = [];
  for (const { time, ask, label } of story.questions) {
    if (time < onset) continue;
    while (buckets.length * HOUR <= time - onset) buckets.push([]);
    const { features, score, prediction, latency_ms, error } = ask(() => 0);
    const answer = score ?? (typeof prediction === 'number' ? prediction : null);
    buckets.at(-1)!.push({
      features: features as Seen['features'],
      answer,
      loss: lossOf(table, answer, label.label as string | number),
      latencyMs: latency_ms ?? 0,
      failed: (error ?? null) !== null,
      labelled: label.time! <= time + inTimeMs,
    });
  }
  return buckets;
}

/** The rows that the model was tested on. */
export function referenceSeen({ table, model, grounds }: Trained): Seen[] {
  return grounds.rows.map(({ features, label, latencyMs }) => {
    const answer = model.predict(features);
    const loss = lossOf(table, answer, label);
    return { features, answer, loss, latencyMs, failed: false, labelled: true };
  });
}

function lossOf(
  { positive }: Trained['table'],
  answer: number | null,
  label: string | number,
): number | null {
  if (answer === null) return null;
  return positive === null
    ? Math.abs(answer - Number(label))
    : Number(answer >= 0.5 !== (String(label) === positive));
}
