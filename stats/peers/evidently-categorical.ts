import { fisherExactTest } from '../comparisons/fisher-exact.ts';
import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import { normalCdf } from '../distributions/normal.ts';
import { random, shuffle } from '../random.ts';
import { goodnessOfFit } from './contingency.ts';
import { totalVariation } from './divergences.ts';
import { outcome, type PeerOutcome, type PeerSample } from './peer.ts';
import { alignedCounts } from './values.ts';

const PERMUTATIONS = 1000;

/** p of Pearson's χ² of the current counts, the reference's scaled to their sum being expected: a category new to the reference gives 0. */
export function evidentlyChiSquare(reference: PeerSample, current: PeerSample): PeerOutcome {
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  if (r.length < 2) return { reason: 'not_finite' };
  const scale = n / m;
  return outcome(goodnessOfFit(c, r.map((count) => count * scale)).p); // biome-ignore format: one call
}

/** p of the two-proportion z-test, computed as 2(1 − Φ(|z|)): below 1e-16 it is 0. One value on both sides is 1. */
export function evidentlyZ(reference: PeerSample, current: PeerSample): PeerOutcome {
  const { keys, reference: r, current: c, m, n } = alignedCounts(reference, current);
  if (keys.length === 1) return { value: 1 };
  const first = keys.indexOf(keys.toSorted()[0]!);
  const [before, after] = [(m - r[first]!) / m, (n - c[first]!) / n];
  const pooled = (before * m + after * n) / (m + n);
  const z = (before - after) / Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
  return outcome(2 * (1 - normalCdf(Math.abs(z))));
}

/** p of the G-test of raw counts. The library refuses sides of different size: their sums must agree. */
export function evidentlyG(reference: PeerSample, current: PeerSample): PeerOutcome {
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  if (m !== n) return { reason: 'refused' };
  if (r.length < 2) return { reason: 'not_finite' };
  const statistic =
    2 * c.reduce((sum, count, i) => (count > 0 ? sum + count * Math.log(count / r[i]!) : sum), 0);
  return outcome(Math.exp(logChiSquareTail(Math.max(0, statistic), c.length - 1)));
}

/** p of Fisher's exact test. Refused for sides of different size, for more than two values, and for missing ones. */
export function evidentlyFisher(reference: PeerSample, current: PeerSample): PeerOutcome {
  const { keys, reference: r, current: c, m, n } = alignedCounts(reference, current);
  if (m !== n || keys.length > 2 || m !== reference.length || n !== current.length)
    return { reason: 'refused' };
  if (keys.length === 1) return { value: 1 };
  const result = fisherExactTest(r, c);
  return 'value' in result ? outcome(result.p) : { reason: 'not_finite' };
}

/**
 * p of the total variation distance by 1,000 permutations. Evidently's depends on its random numbers and on the order of a
 * Python set; ours has its own fixed seed: equal within the Monte-Carlo error, about 0.016 at p = 0.5.
 */
export function evidentlyTvd(reference: PeerSample, current: PeerSample): PeerOutcome {
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  const observed = totalVariation(r, c);
  const codes = Uint32Array.from(
    [...r, ...c].flatMap((count, i) => new Array<number>(count).fill(i % r.length)),
  );
  const next = random(0);
  let extreme = 0;
  for (let round = 0; round < PERMUTATIONS; round++) {
    shuffle(codes, next);
    const drawn = new Array<number>(r.length).fill(0);
    for (let i = 0; i < m; i++) drawn[codes[i]!]! += 1;
    const rest = drawn.map((count, i) => r[i]! + c[i]! - count);
    if (m + n > 0 && totalVariation(drawn, rest) >= observed - 1e-12) extreme++;
  }
  return outcome(extreme / PERMUTATIONS);
}
