import type { ModelQuality } from '../../../contract/quality.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { cellProbability } from '../../../stats/performance/score-cells.ts';
import { type OutcomeStatistic, outcomeRecipe } from '../../monitors/business/recipes.ts';
import { areProbabilities } from '../../monitors/quality/from-probabilities.ts';
import { OUTCOME, OUTCOME_BAND, type Profile, SCORE_BANDS } from '../../profiles/profile.ts';
import { measured } from './measured.ts';

type Profiles = ReadonlyMap<string, Profile>;

/** The profiles that outcomes are told from, of those that there are. */
export function outcomeColumns(known: ReadonlySet<string>): string[] {
  return [...known].filter(
    (name) => name === '_outcomes' || name.startsWith(OUTCOME) || name.startsWith(OUTCOME_BAND),
  );
}

/** What the business saw of a range, the metric with the most outcomes first. `grid`: of the scores. Pure. */
export function outcomesOf(
  profiles: Profiles,
  reference: Profiles,
  { grid, waiting }: { readonly grid: Grid | undefined; readonly waiting: number },
): Pick<ModelQuality, 'outcomes' | 'outcomes_other' | 'outcomes_waiting'> {
  const scored = grid === undefined ? [] : scoredInBands(profiles.get('_score'), grid);
  const outcomes = [...profiles]
    .filter(([column]) => column.startsWith(OUTCOME))
    .sort(([a, { n }], [b, other]) => other.n - n || a.localeCompare(b))
    .map(([column, { n, sum }]) => {
      const of = (statistic: OutcomeStatistic, some: Profiles) => statisticOf(statistic, column, some);
      return {
        metric: column.slice(OUTCOME.length),
        ...{ n, sum },
        per_prediction: of('per_prediction', profiles),
        conversion: of('conversion', profiles),
        per_outcome: of('per_outcome', profiles),
        reference: of('per_prediction', reference),
        bands: bandsOf(column.slice(OUTCOME.length), profiles, scored),
      };
    });
  return {
    outcomes,
    outcomes_other: profiles.get('_outcomes')?.other ?? 0,
    outcomes_waiting: waiting,
  };
}

function statisticOf(statistic: OutcomeStatistic, column: string, profiles: Profiles) {
  const recipe = outcomeRecipe(statistic, column);
  const sums = new Float64Array(recipe.width);
  // A range, or a reference, without a single one says nothing: it may be from before they were sent.
  if (!profiles.has(column)) return measured({ reason: 'no_outcomes', n: 0 });
  recipe.add(profiles, sums);
  return measured(recipe.quality([...sums]));
}

/** Predictions by the tenth of the probabilities that the cell of their score lies in, as outcomes are told apart by it. */
function scoredInBands(scores: Profile | undefined, grid: Grid): number[] {
  if (scores === undefined || !areProbabilities(scores)) return [];
  const bands = new Array<number>(SCORE_BANDS).fill(0);
  for (const [index, count] of scores.grid)
    bands[Math.min(SCORE_BANDS - 1, Math.floor(SCORE_BANDS * cellProbability(index, grid)))]! += count;
  return bands;
}

function bandsOf(metric: string, profiles: Profiles, scored: readonly number[]) {
  if (!scored.some((_, band) => profiles.has(`${OUTCOME_BAND}${band}|${metric}`))) return [];
  return scored.flatMap((predictions, band) => {
    if (predictions === 0) return [];
    const outcomes = profiles.get(`${OUTCOME_BAND}${band}|${metric}`);
    const { n = 0, sum = 0, sum2 = 0 } = outcomes ?? {};
    const { quality } = outcomeRecipe('per_prediction', '');
    return [
      {
        ...{ from: band / SCORE_BANDS, to: (band + 1) / SCORE_BANDS, predictions },
        per_prediction: measured(quality([predictions, n, sum, sum2, 0])),
      },
    ];
  });
}
