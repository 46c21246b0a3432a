/** Parameters of `calibrated`. */
export interface Calibration {
  readonly base: number;
  readonly own: number;
  readonly rival: number;
}

/** As it is worth; `bench/drill/fit-confidence.ts` fits others. */
export const CALIBRATION: Calibration = { base: 0, own: 1, rival: 0 };

/** Less than this counts as this: without a rival, and what is worth next to nothing. */
export const LEAST_WORTH = 0.05;
const MOST = 0.99;

/**
 * How often an explanation that is worth so much is right, beside its best rival: logistic in the logits of both. It rises with its own worth
 * and falls with its rival's. `calibrated(0.9, 0)` → 0.9
 */
export function calibrated(
  worth: number,
  rival: number,
  { base, own, rival: against } = CALIBRATION,
): number {
  const odds = base + own * logit(worth) - against * (logit(rival) - logit(LEAST_WORTH));
  return 1 / (1 + Math.exp(-odds));
}

/** The logarithm of the odds, of what lies between next to nothing and next to all. */
export function logit(p: number): number {
  const inside = Math.max(LEAST_WORTH, Math.min(MOST, p));
  return Math.log(inside / (1 - inside));
}
