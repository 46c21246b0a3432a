import type { z } from 'zod';
import type { Moments } from '../../../contract/distribution.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { gridQuantile } from '../../../stats/grid-summary.ts';
import { available } from '../../../stats/outcome.ts';
import { type Profile, present } from '../profile.ts';

/**
 * What a profile says of its values. Mean and standard deviation are exact, quantiles to a grid cell; null where there
 * is nothing to say. A categorical profile has only its counts.
 */
export function momentsOf(profile: Profile, grid: Grid | undefined): z.infer<typeof Moments> {
  const { n, missing, invalid, min, max } = profile;
  const values = present(profile);
  const numeric = min !== null && values > 0;
  const mean = numeric ? profile.sum / values : null;
  const quantile = (p: number) => {
    if (!numeric || grid === undefined || profile.grid.size === 0) return null;
    const found = gridQuantile(profile.grid, p, grid, { min, max });
    return available(found) ? found.value : null;
  };
  return {
    n,
    missing,
    invalid,
    mean,
    std: mean === null ? null : deviation(profile.sum2 / values, mean),
    min,
    max,
    p05: quantile(0.05),
    p50: quantile(0.5),
    p95: quantile(0.95),
  };
}

/** √(E[x²] − E[x]²); null when it cannot be represented. */
function deviation(meanSquare: number, mean: number): number | null {
  const variance = meanSquare - mean * mean;
  return Number.isFinite(variance) ? Math.sqrt(Math.max(0, variance)) : null;
}
