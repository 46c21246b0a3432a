/**
 * What has been seen of two streams, on shared bins, and the evidence that they differ; plain data. `logE` is the log of an
 * e-process: without a difference it ever reaches ln(1/α) with probability at most α, however often one looks.
 */
export interface ShiftEvidence {
  readonly logE: number;
  /** The greatest logE so far: the one to decide on. */
  readonly peak: number;
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Nothing seen yet, on k bins. */
export function noShiftEvidence(k: number): ShiftEvidence {
  return { logE: 0, peak: 0, reference: new Array<number>(k).fill(0), current: new Array<number>(k).fill(0) };
}

/**
 * Adds the next window of both streams (a canary beside the version it replaces): each side is bet on with the shares
 * learned from the windows before, half a count added to each bin, against one pooled distribution. The first window only
 * teaches. Valid in finite samples when rows are independent and the windows' sizes do not depend on their content.
 * @throws RangeError when a window has another number of bins.
 * Source: Turner, Ly and Grünwald 2024, Generic E-variables for exact sequential k-sample tests.
 * @example addWindow(noShiftEvidence(2), [50, 50], [50, 50]).logE // 0
 */
export function addWindow(
  evidence: ShiftEvidence,
  reference: readonly number[],
  current: readonly number[],
): ShiftEvidence {
  const k = evidence.reference.length;
  if (reference.length !== k || current.length !== k) throw new RangeError(`a window needs ${k} bins`);
  const before = shares(evidence.reference);
  const after = shares(evidence.current);
  const m = total(reference);
  const n = total(current);
  let logE = evidence.logE;
  for (let i = 0; i < k && m > 0 && n > 0; i++) {
    const pooled = (m * before[i]! + n * after[i]!) / (m + n);
    logE += reference[i]! * Math.log(before[i]! / pooled) + current[i]! * Math.log(after[i]! / pooled);
  }
  return {
    logE,
    peak: Math.max(evidence.peak, logE),
    reference: evidence.reference.map((count, i) => count + reference[i]!),
    current: evidence.current.map((count, i) => count + current[i]!),
  };
}

function shares(counts: readonly number[]): number[] {
  const all = total(counts) + counts.length / 2;
  return counts.map((count) => (count + 0.5) / all);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
