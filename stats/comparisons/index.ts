import type { Comparison } from '../comparison.ts';
import { andersonDarlingK } from './anderson-darling-k.ts';
import { brownForsythe } from './brown-forsythe.ts';
import { chiSquare } from './chi-square.ts';
import { cramerVonMises } from './cramer-von-mises.ts';
import { cramersV } from './cramers-v.ts';
import { energy } from './energy.ts';
import { fisherExact } from './fisher-exact.ts';
import { gTest } from './g-test.ts';
import { hellinger } from './hellinger.ts';
import { jsDistanceBase2 } from './js-distance-base2.ts';
import { jsDistanceNat } from './js-distance-nat.ts';
import { jsDivergenceBase2 } from './js-divergence-base2.ts';
import { kl } from './kl.ts';
import { ks } from './ks.ts';
import { lInfinity } from './l-infinity.ts';
import { levene } from './levene.ts';
import { mannWhitney } from './mann-whitney.ts';
import { psi } from './psi.ts';
import { student } from './student.ts';
import { theilsU } from './theils-u.ts';
import { totalVariation } from './total-variation.ts';
import { twoProportionZ } from './two-proportion-z.ts';
import { wasserstein } from './wasserstein.ts';
import { wassersteinNormed } from './wasserstein-normed.ts';
import { welch } from './welch.ts';

/** Every univariate comparison of reference with current. The first is the default. */
export const COMPARISONS: readonly Comparison[] = [
  jsDistanceBase2,
  jsDistanceNat,
  jsDivergenceBase2,
  psi,
  kl,
  hellinger,
  totalVariation,
  lInfinity,
  chiSquare,
  gTest,
  cramersV,
  theilsU,
  twoProportionZ,
  fisherExact,
  ks,
  cramerVonMises,
  andersonDarlingK,
  wasserstein,
  wassersteinNormed,
  energy,
  mannWhitney,
  welch,
  student,
  levene,
  brownForsythe,
];
