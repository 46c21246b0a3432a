import type { Grid } from '../../../stats/asinh-grid.ts';
import {
  bias,
  mae,
  mapeOf,
  meanOfSquares,
  powersOf,
  r2,
  rootOf,
  squaresOf,
} from '../../../stats/performance/regression.ts';
import {
  EMPTY_PROFILE,
  LABEL_RESIDUAL,
  LABEL_SQUARED_RESIDUAL,
  PERCENTAGE_ERROR,
  type Profile,
  present,
} from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { counted, type QualityMetric } from './metric.ts';

const ERRORS = '_absolute_residual';
const RESIDUALS = '_residual';
const LABELS = '_label';

const shared = { of: '', labelledIn: [ERRORS], counted: 1 } as const;

const MAE: QualityRecipe = {
  ...shared,
  metric: 'mae',
  better: 'lower',
  columns: [ERRORS],
  width: 3,
  add(profiles, into) {
    const errors = profiles.get(ERRORS);
    if (!errors) return;
    into[0]! += present(errors);
    into[1]! += errors.sum;
    into[2]! += errors.sum2;
  },
  quality: ([n = 0, sum = 0, sum2 = 0]) => counted(mae({ n, sum, sum2 }), n),
};

/** Rows, their residuals and squares, and the sizes of these: what a bias is a share of. */
const BIAS: QualityRecipe = {
  ...shared,
  metric: 'bias',
  better: 'zero',
  columns: [ERRORS, RESIDUALS],
  width: 4,
  add(profiles, into) {
    const residuals = profiles.get(RESIDUALS);
    if (!residuals) return;
    into[0]! += present(residuals);
    into[1]! += residuals.sum;
    into[2]! += residuals.sum2;
    into[3]! += profiles.get(ERRORS)?.sum ?? 0;
  },
  quality: ([n = 0, sum = 0, sum2 = 0]) => counted(bias({ n, sum, sum2 }), n),
  scale: ([n = 0, , , sizes = 0]) => sizes / n,
};

/** Rows with a label other than 0, their errors as shares of it, and the squares of these; then all rows. */
const MAPE: QualityRecipe = {
  ...shared,
  metric: 'mape',
  better: 'lower',
  columns: [ERRORS, PERCENTAGE_ERROR].sort(),
  comesWith: [PERCENTAGE_ERROR],
  width: 4,
  add(profiles, into) {
    const shares = profiles.get(PERCENTAGE_ERROR);
    into[3]! += present(profiles.get(ERRORS) ?? EMPTY_PROFILE);
    if (!shares) return;
    into[0]! += present(shares);
    into[1]! += shares.sum;
    into[2]! += shares.sum2;
  },
  quality: ([n = 0, sum = 0, sum2 = 0, all = 0]) =>
    n === 0 && all > 0 ? { reason: 'undefined_ratio', n: 0 } : counted(mapeOf({ n, sum, sum2 }), n),
};

/** Rows, squared errors, their squares and cubes. */
const SQUARES = 4;
/** Labels of a grid, and four powers of them. */
const POWERS = 5;

function addSquares(errors: Profile | undefined, grid: Grid, into: Float64Array): void {
  if (!errors) return;
  const { n, sum, sum2, sum3 } = squaresOf({
    n: present(errors),
    sum2: errors.sum2,
    counts: errors.grid,
    grid,
  });
  for (const [j, part] of [n, sum, sum2, sum3].entries()) into[j]! += part;
}

/** Squared errors as `addSquares`; then labels, their sums and the powers of their grid; then what both are together. */
function explainedOf(grid: Grid | null, labelGrid: Grid | null): QualityRecipe | { readonly reason: string } {
  if (grid === null || labelGrid === null) return { reason: 'no_answers_to_compare' };
  const powers = SQUARES + 3;
  const together = powers + POWERS;
  return {
    ...shared,
    metric: 'r2',
    better: 'higher',
    columns: [ERRORS, LABELS, LABEL_RESIDUAL, LABEL_SQUARED_RESIDUAL].sort(),
    comesWith: [ERRORS, LABELS],
    width: together + 3,
    add(profiles, into) {
      const [errors, labels] = [profiles.get(ERRORS), profiles.get(LABELS)];
      addSquares(errors, grid, into);
      const own = labels ?? EMPTY_PROFILE;
      const both = profiles.get(LABEL_RESIDUAL) ?? EMPTY_PROFILE;
      const sums = [present(own), own.sum, own.sum2, ...powersOf(own.grid, labelGrid)];
      const products = [present(both), profiles.get(LABEL_SQUARED_RESIDUAL)?.sum ?? 0, both.sum2];
      for (const [j, part] of [...sums, ...products].entries()) into[SQUARES + j]! += part;
    },
    quality(sums) {
      const [n = 0, sum = 0, sum2 = 0, sum3 = 0, labels = 0, labelSum = 0, labelSum2 = 0] = sums;
      const [both = 0, byLabel = 0, byLabelSquared = 0] = sums.slice(together);
      const of = { n: labels, sum: labelSum, sum2: labelSum2, powers: sums.slice(powers, together) };
      return counted(r2({ n, sum, sum2, sum3 }, of, { n: both, byLabel, byLabelSquared }), n);
    },
  };
}

/** Metrics of the distance between what was predicted and what turned out, in the unit of the label. */
export const FROM_RESIDUALS: readonly QualityMetric[] = [
  {
    meta: {
      ...{ id: 'mae', title: 'mean absolute error', unit: '', definition: 'mae@1' },
      ...{ worse: 'higher', loss: 'share', headline: 3 },
    },
    tasks: ['regression'],
    from: 'residuals',
    recipe: () => MAE,
  },
  {
    meta: {
      ...{ id: 'rmse', title: 'root mean squared error', unit: '', definition: 'rmse@1' },
      ...{ worse: 'higher', loss: 'share' },
    },
    tasks: ['regression'],
    from: 'residuals',
    recipe: ({ grid }) =>
      grid === null
        ? { reason: 'no_answers_to_compare' }
        : {
            ...shared,
            metric: 'rmse',
            better: 'lower',
            columns: [ERRORS],
            width: SQUARES,
            add: (profiles, into) => addSquares(profiles.get(ERRORS), grid, into),
            quality: ([n = 0, sum = 0, sum2 = 0, sum3 = 0]) =>
              counted(rootOf(meanOfSquares({ n, sum, sum2, sum3 })), n),
          },
  },
  {
    meta: {
      ...{ id: 'r2', title: 'share of variance explained (R²)', unit: '', definition: 'r2@1' },
      ...{ worse: 'lower', loss: 'points' },
    },
    tasks: ['regression'],
    from: 'residuals',
    recipe: ({ grid, labels }) => explainedOf(grid, labels),
  },
  {
    meta: {
      ...{ id: 'bias', title: 'bias (mean of prediction − label)', unit: '', definition: 'bias@1' },
      ...{ worse: 'higher', loss: 'share' },
    },
    tasks: ['regression'],
    from: 'residuals',
    recipe: () => BIAS,
  },
  {
    meta: {
      ...{ id: 'mape', title: 'mean absolute percentage error', unit: 'share', definition: 'mape@1' },
      ...{ worse: 'higher', loss: 'share' },
    },
    tasks: ['regression'],
    from: 'residuals',
    recipe: ({ known }) => (known.has(PERCENTAGE_ERROR) ? MAPE : { reason: 'not_counted_yet' }),
  },
];
