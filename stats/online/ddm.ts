/** How a DDM detector decides; the defaults are river's. */
export interface DdmOptions {
  /** Values before the first alarm. Default 30. */
  readonly least?: number;
  /** Standard deviations above the least error rate that make an alarm. Default 3. */
  readonly threshold?: number;
}

/** What the detector remembers; plain JSON. */
export interface Ddm {
  readonly n: number;
  readonly rate: number;
  /** The least of the rate plus its deviation so far, as both; null before there is one. */
  readonly best: { readonly rate: number; readonly deviation: number } | null;
  /** Whether the last value raised the alarm; the next one starts anew. */
  readonly drift: boolean;
}

/** A detector that has seen nothing. */
export const DDM_START: Ddm = { n: 0, rate: 0, best: null, drift: false };

/**
 * The drift detection method after one more answer, 1 for a wrong one and 0 for a right one: alarm when the error rate leaves its
 * least by more than three of its standard deviations. Anything but 0 and 1 changes nothing but ends a standing alarm.
 * Source: Gama, Medas, Castillo and Rodrigues 2004, Learning with drift detection; river `DDM`.
 * @example wrong.reduce((state, x) => ddm(state, x), DDM_START).drift
 */
export function ddm(before: Ddm, x: number, { least = 30, threshold = 3 }: DdmOptions = {}): Ddm {
  const state = before.drift ? DDM_START : before;
  if (x !== 0 && x !== 1) return state;
  const n = state.n + 1;
  const rate = state.rate + (x - state.rate) / n;
  if (n <= least) return { n, rate, best: null, drift: false };
  const deviation = Math.sqrt((rate * (1 - rate)) / n);
  const lower = state.best === null || rate + deviation <= state.best.rate + state.best.deviation;
  const best = lower ? { rate, deviation } : state.best;
  return { n, rate, best, drift: rate + deviation > best.rate + threshold * best.deviation };
}
