/** How an HDDM detector decides; the default is river's. */
export interface HddmOptions {
  /** Level of the alarm. Default 0.001. */
  readonly alpha?: number;
}

/** What the detector remembers; plain JSON. */
export interface Hddm {
  readonly n: number;
  readonly sum: number;
  /** Values and their sum up to where the mean plus its bound was least. */
  readonly least: { readonly n: number; readonly sum: number };
  /** Whether the last value raised the alarm; the next one starts anew. */
  readonly drift: boolean;
}

/** A detector that has seen nothing. */
export const HDDM_START: Hddm = { n: 0, sum: 0, least: { n: 0, sum: 0 }, drift: false };

/**
 * HDDM with the A-test after one more value in [0, 1]: alarm when the mean of all values lies above that of the cut at which the mean
 * plus Hoeffding's bound was least by more than the bound of the difference. What lies outside changes nothing but ends a
 * standing alarm.
 * Source: Frías-Blanco and others 2015, Online and non-parametric drift detection methods based on Hoeffding's bounds; river `HDDM_A`.
 * @example losses.reduce((state, x) => hddm(state, x), HDDM_START).drift
 */
export function hddm(before: Hddm, x: number, { alpha = 0.001 }: HddmOptions = {}): Hddm {
  const state = before.drift ? HDDM_START : before;
  if (!(x >= 0 && x <= 1)) return state;
  const n = state.n + 1;
  const sum = state.sum + x;
  const bound = (count: number) => Math.sqrt(Math.log(1 / alpha) / (2 * count));
  const { least: cut } = state;
  const lower = cut.n === 0 || sum / n + bound(n) <= cut.sum / cut.n + bound(cut.n);
  const least = lower ? { n, sum } : cut;
  const rest = n - least.n;
  const gap = sum / n - least.sum / least.n;
  const drift = rest > 0 && gap >= Math.sqrt((rest / (2 * least.n * n)) * Math.log(2 / alpha));
  return { n, sum, least, drift };
}
