import { trainBoostedTrees } from '../stats/trees/boosted-trees.ts';
import type { Engine } from '../tables/engine/engine.ts';
import { features } from './features.ts';
import type { CheckOptions } from './options.ts';
import { texts } from './performance/classes.ts';
import { numbers } from './performance/metrics.ts';
import { findRoles } from './performance/roles.ts';
import { labelledRows } from './performance/rows.ts';
import type { PlannedColumn } from './plan.ts';
import type { Table } from './table/table.ts';

const ROWS = 4000;
const MOST_COLUMNS = 300;
const MOST_CLASSES = 10;
/** No column is without any weight: the trees may have missed what matters. */
const FLOOR = 0.1;

/**
 * How much each input column says about the label (or the prediction, without labels): its share of the gain of trees fitted
 * on reference rows, 1 on average. Empty when neither is named: every column then weighs the same.
 */
export async function columnImportance(
  engine: Engine,
  reference: Table,
  inputs: readonly PlannedColumn[],
  options: CheckOptions,
): Promise<Map<string, number>> {
  const has = (name: string | undefined) => reference.columns.some((column) => column.name === name);
  const target = [options.label, options.prediction, options.score].find(has);
  if (target === undefined || inputs.length === 0 || inputs.length > MOST_COLUMNS) return new Map();
  const roles = await findRoles(engine, [reference, reference], { label: target, prediction: target });
  const plans = inputs.map(({ plan }) => plan);
  const rows = await labelledRows(engine, reference, { task: roles!.task, label: target }, plans, {
    most: ROWS,
  });
  const task = targetOf(roles!.task, rows.label!);
  const kept = [...task.values.keys()].filter((row) => Number.isFinite(task.values[row]!));
  if (kept.length < 100) return new Map();
  const learned = features(
    rows.others,
    inputs.map(({ name }) => name),
  ).map((input) => ({ ...input, values: kept.map((row) => input.values[row]!) }) as typeof input);
  const model = trainBoostedTrees(
    learned,
    kept.map((row) => task.values[row]!),
    {
      objective: task.objective,
      classes: task.classes,
      trees: task.objective === 'softmax' ? 10 : 30,
      leaves: 15,
    },
  );
  return new Map(
    inputs.map(({ name }, f) => [name, FLOOR + (1 - FLOOR) * model.importance[f]! * inputs.length]),
  );
}

function targetOf(task: 'binary' | 'multiclass' | 'regression', column: Parameters<typeof numbers>[0]) {
  if (task === 'regression')
    return { objective: 'squared_error' as const, classes: 1, values: numbers(column) };
  const said = texts(column);
  const counts = new Map<string, number>();
  for (const each of said) if (each !== null) counts.set(each, (counts.get(each) ?? 0) + 1);
  const classes = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_CLASSES);
  const place = new Map(classes.map(([name], i) => [name, i]));
  const values = Float64Array.from(said, (each) =>
    each === null ? Number.NaN : (place.get(each) ?? Number.NaN),
  );
  return {
    objective: classes.length <= 2 ? ('logistic' as const) : ('softmax' as const),
    classes: classes.length,
    values,
  };
}
