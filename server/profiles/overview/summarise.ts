import type { ColumnRole, ColumnSummary } from '../../../contract/column-summary.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { gridBars } from '../../../stats/grid-bars.ts';
import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import { momentsOf } from '../distribution/moments.ts';
import type { Profile } from '../profile.ts';

/** Bars of a histogram in the size of a word, and categories that are drawn beside one another. */
const BARS = 24;
const CATEGORIES = 12;
/** Categories that are named. */
const NAMED = 5;

/** What of a column's name tells what it is for. */
export function roleOf(name: string): ColumnRole {
  switch (name) {
    case '_prediction':
      return 'prediction';
    case '_score':
      return 'score';
    case PROBABILITIES:
      return 'confidence';
    case '_latency_ms':
      return 'answer_time';
    case '_label':
      return 'label';
    default:
      return 'feature';
  }
}

export interface Held {
  readonly profile: Profile;
  readonly grid: Grid | undefined;
  readonly numeric: boolean;
  /** Whether whoever asks may see values. */
  readonly named: boolean;
}

/** Numbers, shape and most frequent values of what a column held. Pure. */
export function summarise({
  profile,
  grid,
  numeric,
  named,
}: Held): Pick<ColumnSummary, 'held' | 'shape' | 'top'> {
  const held = momentsOf(profile, grid);
  if (numeric) {
    const { min, max } = held;
    const bars = grid === undefined ? null : gridBars(profile.grid, grid, BARS, { min, max });
    return { held, shape: bars && { ...bars, counts: bars.counts.map(Math.round) }, top: [] };
  }
  const frequent = [...profile.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const counts = frequent.slice(0, CATEGORIES).map(([, n]) => n);
  return {
    held,
    shape: counts.length === 0 ? null : { from: null, to: null, counts },
    top: named ? frequent.slice(0, NAMED).map(([value, n]) => ({ value, n })) : null,
  };
}
