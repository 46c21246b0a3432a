import { startTransition, useEffect, useState } from 'react';

/** Whether a page has been drawn to its end since the dashboard was opened. */
let drawn = false;

/**
 * Counts from 0 up to a goal, one step after the other: what a step shows is drawn in pieces, between which the browser
 * answers, before the next step begins. Later pages begin with what is ready at once, so that going back leads to the place
 * that was left.
 */
export function useSteps(goal: number, end: number): number {
  const [step, setStep] = useState(drawn ? goal : 0);
  useEffect(() => {
    if (step < goal) startTransition(() => setStep(step + 1));
    if (step === end) drawn = true;
  }, [step, goal, end]);
  return Math.min(step, goal);
}
