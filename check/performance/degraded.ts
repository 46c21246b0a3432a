import type { Metrics } from '../../stats/performance/binary-rows.ts';
import type { Task } from './roles.ts';

/** The metrics that decide, and by how much they may be worse: points of a share, or a part of the reference's error. */
const DECIDING: Record<
  Task,
  readonly { readonly id: string; readonly margin: number; readonly relative: boolean }[]
> = {
  binary: [
    { id: 'roc_auc', margin: 0.02, relative: false },
    { id: 'accuracy', margin: 0.02, relative: false },
    { id: 'f1', margin: 0.03, relative: false },
  ],
  multiclass: [
    { id: 'accuracy', margin: 0.02, relative: false },
    { id: 'macro_f1', margin: 0.03, relative: false },
  ],
  regression: [
    { id: 'mae', margin: 0.05, relative: true },
    { id: 'rmse', margin: 0.05, relative: true },
  ],
};

/**
 * What is worse than in the reference, a sentence each: the difference less its own uncertainty (both intervals, square
 * and add) is beyond the margin, so that the verdict does not depend on the number of rows.
 */
export function degradations(task: Task, reference: Metrics, current: Metrics): string[] {
  return DECIDING[task].flatMap(({ id, margin, relative }) => {
    const [before, after] = [reference[id], current[id]];
    if (!before || !after || !('value' in before) || !('value' in after)) return [];
    const worse = relative ? after.value - before.value : before.value - after.value;
    const doubt = relative
      ? Math.hypot(after.value - after.low, before.high - before.value)
      : Math.hypot(before.value - before.low, after.high - after.value);
    const limit = relative ? margin * Math.abs(before.value) : margin;
    if (!(worse - doubt > limit)) return [];
    return [
      `${id} ${relative ? 'rose' : 'fell'} from ${short(before.value)} (${short(before.low)}–${short(before.high)}) to ${short(after.value)} (${short(after.low)}–${short(after.high)})`,
    ];
  });
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}
