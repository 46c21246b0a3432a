import { type RefObject, startTransition, useEffect, useState } from 'react';
import { useNear } from './useNear.ts';

/** Whether a page was left since the dashboard was opened. */
let left = false;

/**
 * Counts from 0 up to a goal, one step after the other while the reader is near what stands for the rest: what a step shows is
 * drawn in pieces, between which the browser answers, before the next step begins. Later pages begin with what is ready at once,
 * so that going back leads to the place that was left.
 */
export function useSteps(goal: number, rest: RefObject<Element | null>): number {
  const [step, setStep] = useState(left ? goal : 0);
  const [later] = useState(left);
  const near = useNear(rest, step);
  useEffect(() => {
    if (step < goal && (near || later)) startTransition(() => setStep(step + 1));
  }, [step, goal, near, later]);
  useEffect(
    () => () => {
      left = true;
    },
    [],
  );
  return Math.min(step, goal);
}
