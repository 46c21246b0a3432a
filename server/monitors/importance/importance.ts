import { random } from '../../../stats/random.ts';
import { trainBoostedTrees } from '../../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../../stats/trees/feature.ts';

/** A sample of what a model was asked and what it answered, by column. */
export interface LoggedSample {
  readonly features: readonly Feature[];
  /** Answers: numbers, or names of classes. */
  readonly answers: readonly (number | string)[];
}

/** Answers of more classes than this are counted as the most frequent ones and the rest. */
const CLASSES = 8;
/** Fewer logged rows than this teach nothing. */
export const ENOUGH_ROWS = 200;

/**
 * What a model pays attention to, learned from outside: trees are fitted to its inputs and answers, and each column's
 * share of the gain is its importance. Shares sum to 1. Null when there are too few rows or the answers do not depend
 * on the inputs. The same sample gives the same shares.
 */
export function surrogateImportance({ features, answers }: LoggedSample): Record<string, number> | null {
  if (answers.length < ENOUGH_ROWS || features.length === 0) return null;
  const trees = fitTrees(features, answers);
  if (trees === null) return null;
  const shares = trees.importance;
  if (!shares.some((share) => share > 0)) return null;
  return Object.fromEntries(features.map(({ name }, i) => [name, Number(shares[i]!.toFixed(6))]));
}

function fitTrees(features: readonly Feature[], answers: readonly (number | string)[]) {
  const shared = { trees: 40, leaves: 16, random: random(1), subsample: 0.7 } as const;
  if (answers.every((answer) => typeof answer === 'number'))
    return trainBoostedTrees(features, answers as number[], { ...shared, objective: 'squared_error' });
  const classes = frequent(answers.map(String));
  if (classes.length < 2) return null;
  const place = new Map(classes.map((name, i) => [name, i]));
  const known = classes.length - 1;
  const target = answers.map((answer) => place.get(String(answer)) ?? known);
  return classes.length === 2
    ? trainBoostedTrees(features, target, { ...shared, objective: 'logistic' })
    : trainBoostedTrees(features, target, { ...shared, objective: 'softmax', classes: classes.length });
}

/** The classes by how often they occur, at most `CLASSES`. */
function frequent(answers: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, CLASSES)
    .map(([name]) => name);
}
