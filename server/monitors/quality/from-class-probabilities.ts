import { mean } from '../../../stats/intervals/mean.ts';
import { delong, meanOfClasses } from '../../../stats/performance/roc-auc.ts';
import { cellProbability } from '../../../stats/performance/score-cells.ts';
import { WINNING_GRID } from '../../models/columns/probabilities.ts';
import {
  OTHER_PROBABILITY,
  OWN_PROBABILITY,
  present,
  SCORED_LABELS,
  WINNING,
} from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import type { Summed } from './from-probabilities.ts';
import { counted, type QualityMetric } from './metric.ts';

/** The mean of a loss of each labelled row, from its moments. Pure. */
export function momentsRecipe(metric: string, column: string): QualityRecipe {
  return {
    ...{ metric, of: '', better: 'lower' },
    ...{ columns: [column], labelledIn: [column], width: 3, counted: 1 },
    add(profiles, into) {
      const losses = profiles.get(column);
      if (losses === undefined) return;
      into[0]! += present(losses);
      into[1]! += losses.sum;
      into[2]! += losses.sum2;
    },
    quality([n = 0, sum = 0, sum2 = 0]) {
      const found = mean({ n, sum, sum2 });
      return counted('value' in found ? { ...found, low: Math.max(0, found.low) } : found, n);
    },
  };
}

export const WINNERS = [`${WINNING}right`, `${WINNING}wrong`] as const;

/** How true winning probabilities are: right winners are what is promised. Pure. */
export function winningRecipe({ width, counted: rows, add, of }: Summed): QualityRecipe {
  return {
    ...{ metric: 'ece', of: '', better: 'lower' },
    ...{ columns: WINNERS, labelledIn: WINNERS, width, counted: rows },
    add(profiles, into) {
      for (const [i, column] of WINNERS.entries())
        for (const [cell, count] of profiles.get(column)?.grid ?? [])
          add(into, cellProbability(cell, WINNING_GRID), i === 0, count);
    },
    quality: (sums) =>
      counted(
        of(sums),
        sums.slice(0, rows).reduce((all, n) => all + n, 0),
      ),
  };
}

/** Cells of log-odds joined by four, so many to either side of even odds; the rest shares the last. */
const JOINED = 4;
const REACH = 48;
const CELLS = 2 * REACH;

const placeOf = (cell: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(cell / JOINED) + REACH));

/** The mean over classes of how well the probability of each ranks its own rows above all others. */
export const ONE_AGAINST_THE_REST: Pick<QualityMetric, 'from' | 'recipe'> = {
  from: 'probabilities',
  recipe({ known, classes: all }) {
    if (all.length > SCORED_LABELS) return { reason: 'more_than_ten_classes' };
    const classes = all.filter((name) => known.has(OWN_PROBABILITY + name)).sort();
    if (classes.length < 2) return { reason: 'single_class' };
    const columns = classes.flatMap((name) => [OWN_PROBABILITY + name, OTHER_PROBABILITY + name]);
    const recipe: QualityRecipe = {
      ...{ metric: 'roc_auc', of: classes.join('\u001f'), better: 'higher' },
      columns: [...columns].sort(),
      labelledIn: classes.map((name) => OWN_PROBABILITY + name),
      width: 2 * CELLS * classes.length + 1,
      counted: 1,
      add(profiles, into) {
        for (const [i, column] of columns.entries())
          for (const [cell, count] of profiles.get(column)?.grid ?? []) {
            into[1 + i * CELLS + placeOf(cell)]! += count;
            if (i % 2 === 0) into[0]! += count;
          }
      },
      quality(sums) {
        const side = (i: number) => {
          const from = 1 + i * CELLS;
          const cells = sums.slice(from, from + CELLS).entries();
          return new Map([...cells].filter(([, count]) => count > 0));
        };
        const areas = classes.map((_, i) => delong({ positive: side(2 * i), negative: side(2 * i + 1) }));
        return counted(meanOfClasses(areas), sums[0]!);
      },
    };
    return recipe;
  },
};
