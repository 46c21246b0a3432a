import type { EscalationStep } from '../../../contract/escalation.ts';

const MINUTE = 60_000;

/**
 * Places of the steps whose time has come, from 0, without those that were taken. Pure.
 * Example: steps after 5 and after further 10 minutes, 16 minutes after it opened → both
 */
export function dueSteps(
  steps: readonly EscalationStep[],
  waitingSince: number,
  now: number,
  taken: ReadonlySet<number>,
): number[] {
  let due = waitingSince;
  return steps.flatMap(({ after_minutes }, i) => {
    due += after_minutes * MINUTE;
    return due <= now && !taken.has(i) ? [i] : [];
  });
}
