import { random } from '../../../stats/random.ts';
import { predictor, trainBoostedTrees } from '../../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../../stats/trees/feature.ts';
import type { Cell, RowSample, Rows } from '../../profiles/read/sample-rows.ts';

const LEAST_ROWS = 200;
const known = new WeakMap<RowSample, number | null>();

/**
 * How much further the answers after the change lie from what the model would have answered before to the same inputs, in
 * standard errors: some three say that the model itself changed. Trees learn inputs → answers from every other row before; the rest of them and the rows after are
 * compared by how far they are off. Null where too few rows have answers.
 */
export function functionChange(sample: RowSample): number | null {
  const before = known.get(sample);
  if (before !== undefined) return before;
  const found = measure(sample);
  known.set(sample, found);
  return found;
}

function measure({ before, after }: RowSample): number | null {
  const answers = [before, after].map(answersOf);
  const [then, now] = answers as [number[], number[]];
  const use = (side: number[], part: (i: number) => boolean) =>
    side.flatMap((answer, i) => (Number.isFinite(answer) && part(i) ? [i] : []));
  const learn = use(then, (i) => i % 2 === 0);
  const test = use(then, (i) => i % 2 === 1);
  const later = use(now, () => true);
  if (learn.length < LEAST_ROWS || test.length < LEAST_ROWS || later.length < LEAST_ROWS) return null;
  const names = [...before.cells.keys()].filter((name) => !name.startsWith('_'));
  const features = names.map((name) =>
    featureOf(
      name,
      learn.map((i) => before.cells.get(name)![i]!),
    ),
  );
  const trees = trainBoostedTrees(
    features,
    learn.map((i) => then[i]!),
    {
      ...{ objective: 'squared_error', trees: 40, leaves: 12, random: random(1) },
    },
  );
  const predict = predictor(trees);
  const row = (rows: Rows, i: number) =>
    Object.fromEntries(names.map((name) => [name, rows.cells.get(name)?.[i] ?? null]));
  const off = (rows: Rows, truth: number[], places: number[]) =>
    places.map((i) => Math.abs(predict(row(rows, i))[0]! - truth[i]!));
  const [a, b] = [momentsOf(off(before, then, test)), momentsOf(off(after, now, later))];
  return (b.mean - a.mean) / Math.sqrt(a.variance / a.n + b.variance / b.n + 1e-18);
}

/** Numbers to learn: the score, else the prediction; of classes, whether it is the first. */
function answersOf({ cells }: Rows): number[] {
  const scores = cells.get('_score') ?? [];
  if (scores.some((score) => score !== null))
    return scores.map((score) => (typeof score === 'number' ? score : Number.NaN));
  const predictions = cells.get('_prediction') ?? [];
  const first = [...new Set(predictions.filter((each) => typeof each === 'string'))].sort()[0];
  return predictions.map((each) =>
    each === null ? Number.NaN : typeof each === 'number' ? each : Number(each === first),
  );
}

function featureOf(name: string, cells: readonly Cell[]): Feature {
  return cells.every((cell) => cell === null || typeof cell === 'number')
    ? { name, kind: 'numeric', values: cells.map((cell) => (cell === null ? Number.NaN : (cell as number))) }
    : { name, kind: 'categorical', values: cells.map((cell) => (cell === null ? null : String(cell))) };
}

function momentsOf(values: readonly number[]): { n: number; mean: number; variance: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return {
    n,
    mean,
    variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1),
  };
}
