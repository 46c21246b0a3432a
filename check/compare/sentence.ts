import type { JsDistance } from '../../stats/distances/js-distance.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import type { Decided } from '../decide/decided.ts';
import { short } from './bins.ts';
import { numericShift } from './numeric-shift.ts';
import { percent } from './quality.ts';

/** One sentence on how a column moved: direction and size in units people know, then the evidence. */
export function shiftSentence(
  plan: CountPlan,
  reference: CountedColumn,
  current: CountedColumn,
  score: JsDistance,
  threshold: number,
): string {
  const evidence = `JS distance ${score.value.toFixed(2)}, interval ${score.low.toFixed(2)}–${score.high.toFixed(2)}, threshold ${threshold.toFixed(2)}`;
  return `${howMoved(plan, reference, current)}; ${evidence}`;
}

/** The same where another test decided. */
export function otherSentence(
  plan: CountPlan,
  reference: CountedColumn,
  current: CountedColumn,
  { id, value, threshold }: Decided,
): string {
  return `${howMoved(plan, reference, current)}; ${id} ${short(value!)}, threshold ${short(threshold!)}`;
}

/** How a column moved, in the unit that people know of it. */
export function howMoved(plan: CountPlan, reference: CountedColumn, current: CountedColumn): string {
  return plan.axis ? numericShift(plan, reference, current) : categoryShift(reference, current);
}

function categoryShift(reference: CountedColumn, current: CountedColumn): string {
  const names = new Set([...reference.counts.keys(), ...current.counts.keys()]);
  const present = (side: CountedColumn) => Math.max(1, side.n - side.missing);
  let most = { name: '', size: 0 };
  for (const name of names) {
    const size = Math.abs(
      (current.counts.get(name) ?? 0) / present(current) -
        (reference.counts.get(name) ?? 0) / present(reference),
    );
    if (size > most.size) most = { name, size };
  }
  if (most.name === '') return 'the categories changed';
  return `"${most.name}" went from ${percent(reference.counts.get(most.name) ?? 0, present(reference))} to ${percent(current.counts.get(most.name) ?? 0, present(current))}`;
}
