import type { ModelChange } from '../../contract/model.ts';
import { random } from '../../stats/random.ts';
import { predictor, trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import type { Cells } from './table.ts';

/** The inputs of a model, in order, and what each of them is. */
export type FeatureKinds = Readonly<Record<string, 'numeric' | 'categorical'>>;
export type Task = 'regression' | 'binary';

type Features = Record<string, number | string | null>;

/** A trained model of the demo, as its service would hold it. */
export interface DemoModel {
  /** What goes in, and is sent with the prediction. */
  features(row: Cells): Features;
  /** The expected value, or the probability of the positive class. */
  predict(features: Features): number;
  /** Share of the total gain, by feature. */
  readonly importance: Record<string, number>;
  /** The types of the columns, so that codes such as 1 to 4 are categories from the first row on. */
  readonly columns: NonNullable<ModelChange['columns']>;
}

const SEED = 2011;
const FOLDS = 5;

/** `?` stands for "unknown" in Adult. */
function featuresOf(row: Cells, kinds: FeatureKinds): Features {
  const cell = (name: string) => (row[name] === '?' || row[name] === '' ? null : row[name]!);
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const text = cell(name);
      return [name, text === null || kind === 'categorical' ? text : Number(text)];
    }),
  );
}

/**
 * Gradient-boosted trees with the settings one would begin with; how many trees is decided by a tenth of the rows held
 * out, never by what is served later.
 */
export function train(
  rows: readonly Cells[],
  kinds: FeatureKinds,
  target: (row: Cells) => number,
  task: Task,
): DemoModel {
  const inputs = rows.map((row) => featuresOf(row, kinds));
  const columns = Object.entries(kinds).map(([name, kind]): Feature => {
    const values = inputs.map((input) => input[name]!);
    return kind === 'numeric'
      ? { name, kind, values: values.map((value) => (value === null ? Number.NaN : (value as number))) }
      : { name, kind, values: values as (string | null)[] };
  });
  const trees = trainBoostedTrees(columns, rows.map(target), {
    objective: task === 'regression' ? 'squared_error' : 'logistic',
    trees: 300,
    earlyStopping: { share: 0.1, rounds: 20 },
    random: random(SEED),
  });
  const predict = predictor(trees);
  return {
    features: (row) => featuresOf(row, kinds),
    predict: (features) => predict(features)[0]!,
    importance: Object.fromEntries(trees.features.map(({ name }, i) => [name, trees.importance[i]!])),
    columns: Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }])),
  };
}

/**
 * A prediction for each training row by a model that did not see it: the error a reference states must not be that
 * of rows learned by heart. Rows of one `group` stay together.
 */
export function outOfFold(
  rows: readonly Cells[],
  kinds: FeatureKinds,
  target: (row: Cells) => number,
  task: Task,
  group: (row: Cells) => number,
): number[] {
  const predictions = new Array<number>(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeld = (row: Cells) => group(row) % FOLDS === fold;
    const model = train(
      rows.filter((row) => !isHeld(row)),
      kinds,
      target,
      task,
    );
    for (const [i, row] of rows.entries())
      if (isHeld(row)) predictions[i] = model.predict(model.features(row));
  }
  return predictions;
}
