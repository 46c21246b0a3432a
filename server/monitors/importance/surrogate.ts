import { random } from '../../../stats/random.ts';
import { type BoostedTrees, predictColumns, trainBoostedTrees } from '../../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../../stats/trees/feature.ts';
import { treeShap } from '../../../stats/trees/tree-shap.ts';

/** A sample of what a model was asked and what it answered, by column. */
export interface LoggedSample {
  readonly features: readonly Feature[];
  /** Answers: numbers, or names of classes. */
  readonly answers: readonly (number | string)[];
}

/** What trees that imitate a model go by, and how well they imitate it. Plain data. */
export interface Surrogate {
  /** Share of the gain by column; they sum to 1. */
  readonly shares: Readonly<Record<string, number>>;
  /** Mean size and, where there is one output, mean of the Shapley values by column, in raw scores. */
  readonly weights: readonly {
    readonly name: string;
    readonly size: number;
    readonly signed: number | null;
  }[];
  /** R² of numbers, share of equal classes; of the fifth of the rows that a second fit did not see. `plain`: of the mean, or of the commonest class. */
  readonly fidelity: {
    readonly metric: 'r2' | 'accuracy';
    readonly value: number;
    readonly plain: number;
    readonly n: number;
  };
  readonly rows: number;
}

/** Answers of more classes than this are counted as the most frequent ones and the rest. */
const CLASSES = 8;
/** Fewer logged rows than this teach nothing. */
export const ENOUGH_ROWS = 200;
/** One row of so many is held out to see how well the trees imitate. */
const HELD_OUT = 5;

/**
 * What a model pays attention to, learned from outside: trees are fitted to its inputs and answers. Each column's share of the
 * gain is its importance; exact Shapley values say how far and which way it moves the answers. Null when there are too few
 * rows or the answers do not depend on the inputs. The same sample gives the same.
 */
export function fitSurrogate({ features, answers }: LoggedSample): Surrogate | null {
  if (answers.length < ENOUGH_ROWS || features.length === 0) return null;
  const target = targetOf(answers);
  if (target === null) return null;
  const trees = treesOf(features, target);
  if (!trees.importance.some((share) => share > 0)) return null;
  const { values } = treeShap(trees, features);
  const n = answers.length;
  const mean = (of: Float64Array, what: (x: number) => number) => of.reduce((sum, x) => sum + what(x), 0) / n;
  const weights = features.map(({ name }, f) => ({
    name,
    size: values.reduce((sum, output) => sum + mean(output[f]!, Math.abs), 0),
    signed: values.length === 1 ? mean(values[0]![f]!, (x) => x) : null,
  }));
  return {
    shares: Object.fromEntries(
      features.map(({ name }, i) => [name, Number(trees.importance[i]!.toFixed(6))]),
    ),
    weights: weights.sort((a, b) => b.size - a.size),
    fidelity: fidelityOf(features, target),
    rows: n,
  };
}

interface Target {
  /** Numbers, or places of classes. */
  readonly values: readonly number[];
  /** 0 for numbers. */
  readonly classes: number;
}

function targetOf(answers: readonly (number | string)[]): Target | null {
  if (answers.every((answer) => typeof answer === 'number')) return { values: answers, classes: 0 };
  const classes = frequent(answers.map(String));
  if (classes.length < 2) return null;
  const place = new Map(classes.map((name, i) => [name, i]));
  const rest = classes.length - 1;
  return { values: answers.map((answer) => place.get(String(answer)) ?? rest), classes: classes.length };
}

function treesOf(features: readonly Feature[], { values, classes }: Target): BoostedTrees {
  const shared = { trees: 40, leaves: 16, random: random(1), subsample: 0.7 } as const;
  if (classes === 0) return trainBoostedTrees(features, values, { ...shared, objective: 'squared_error' });
  return classes === 2
    ? trainBoostedTrees(features, values, { ...shared, objective: 'logistic' })
    : trainBoostedTrees(features, values, { ...shared, objective: 'softmax', classes });
}

function fidelityOf(features: readonly Feature[], target: Target): Surrogate['fidelity'] {
  const held = (i: number) => i % HELD_OUT === 0;
  const part = (of: (i: number) => boolean) => ({
    features: features.map((feature) => partOf(feature, of)),
    target: { ...target, values: target.values.filter((_, i) => of(i)) },
  });
  const seen = part((i) => !held(i));
  const unseen = part(held);
  const outputs = predictColumns(treesOf(seen.features, seen.target), unseen.features);
  const { values } = unseen.target;
  const n = values.length;
  if (target.classes === 0) {
    const mean = seen.target.values.reduce((sum, x) => sum + x, 0) / seen.target.values.length;
    const squares = (of: (i: number) => number) => values.reduce((sum, x, i) => sum + (x - of(i)) ** 2, 0);
    const all = squares(() => mean);
    return { metric: 'r2', value: all > 0 ? 1 - squares((i) => outputs[0]![i]!) / all : 0, plain: 0, n };
  }
  const answered = (i: number) =>
    outputs.length === 1 ? Number(outputs[0]![i]! >= 0.5) : greatest(outputs.map((output) => output[i]!));
  return {
    metric: 'accuracy',
    value: values.filter((x, i) => x === answered(i)).length / n,
    // Classes are in the order of how often they occur.
    plain: values.filter((x) => x === 0).length / n,
    n,
  };
}

const greatest = (values: readonly number[]) => values.indexOf(Math.max(...values));

function partOf(feature: Feature, of: (i: number) => boolean): Feature {
  return feature.kind === 'numeric'
    ? { ...feature, values: Float64Array.from(feature.values).filter((_, i) => of(i)) }
    : { ...feature, values: Array.from(feature.values).filter((_, i) => of(i)) };
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
