import { SUBJECT_COUNTS, type SubjectCount } from '../../contract/subject-counts.ts';
import type { Ctx } from '../context.ts';
import type { Erasing } from '../events/subject/erase-subject.ts';
import { OF_MODEL } from './of-model.ts';
import { reachesOf } from './reach.ts';

/** Predictions up to which what belongs to them is counted while somebody waits. */
const MOST = 10_000;

const COUNTS = [...new Set(Object.values(SUBJECT_COUNTS))];

/** Rows beside the predictions of a subject, by kind; null where there are too many predictions to say at once. */
export async function countBeside(
  ctx: Ctx,
  erasing: Erasing,
  predictions: number,
): Promise<Record<SubjectCount, number | null>> {
  const none = predictions > MOST ? null : 0;
  const counted = Object.fromEntries(COUNTS.map((name) => [name, none])) as Record<
    SubjectCount,
    number | null
  >;
  if (none === null) return counted;
  const bound = ctx.actor.models !== undefined;
  for await (const reach of reachesOf(ctx, erasing, predictions, { bound }))
    for (const { subject } of OF_MODEL) {
      if (subject === undefined || subject.type === null) continue;
      const name = SUBJECT_COUNTS[subject.type];
      counted[name] = counted[name]! + (await subject.count(ctx, reach));
    }
  return counted;
}
