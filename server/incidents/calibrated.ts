/** Parameters of `calibrated`. */
export interface Calibration {
  /** How fast doubt goes away as an explanation is worth more. */
  readonly alone: number;
  /** How much it counts to be worth more than the best rival. */
  readonly beside: number;
}

/**
 * The likeliest for what was offered for 254 faults in Adult and bike sharing, planted without a server: `npm run bench:drill -- --fit`. What they are worth elsewhere is in
 * docs/benchmarks.md.
 */
export const CALIBRATION: Calibration = { alone: 2.15, beside: 6.3 };

/** Odds are looked at within these. */
const LEAST = 0.05;
const MOST = 0.99;

/**
 * How often an explanation is right that is worth so much and whose best rival, of another kind that explains some of the same, is worth so much
 * (0: there is none): 1 − (1 − worth)^alone by itself, times the chance by which it beats its rival, logistic in how far their log odds lie apart. Both are 0 to 1;
 * it rises with its own worth and falls with its rival's, and two rivals are never more than 1 together.
 * @example calibrated(0.9, 0) // 0.99
 * @example calibrated(0.9, 0.9) // 0.50
 */
export function calibrated(
  worth: number,
  rival: number,
  { alone, beside }: Calibration = CALIBRATION,
): number {
  const fits = 1 - (1 - worth) ** alone;
  return rival > 0 ? fits / (1 + Math.exp(-beside * (logit(worth) - logit(rival)))) : fits;
}

function logit(p: number): number {
  const inside = Math.max(LEAST, Math.min(MOST, p));
  return Math.log(inside / (1 - inside));
}
