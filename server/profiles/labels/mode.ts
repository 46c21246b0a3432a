import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { LABEL_RESIDUAL, LABEL_SQUARED_RESIDUAL, PERCENTAGE_ERROR } from '../profile.ts';

/** How labels and predictions of a model compare: as numbers (residuals), as classes (confusion), or as lists and the items that were relevant. */
export type LabelMode = 'numeric' | 'classes' | 'lists';

type Task = ModelRow['task'];
type Prediction = ProfiledColumn['type'] | undefined;

/**
 * By the model's task; while that is unknown, by the type of its predictions.
 * `labelMode('unknown', 'numeric')` → 'numeric'
 */
export function labelMode(task: Task, prediction: Prediction): LabelMode {
  if (task === 'ranking') return 'lists';
  if (task === 'regression') return 'numeric';
  if (task === 'binary' || task === 'multiclass') return 'classes';
  return prediction === 'numeric' ? 'numeric' : 'classes';
}

/** A binary model that answers with a number answers with a probability. */
export function answersWithProbability(task: Task, prediction: Prediction): boolean {
  return task === 'binary' && prediction === 'numeric';
}

/** Whether profiles that labels made under one task are those of another. `sameLabels('unknown', 'multiclass', 'categorical')` → true */
export function sameLabels(a: Task, b: Task, prediction: Prediction): boolean {
  return (
    labelMode(a, prediction) === labelMode(b, prediction) &&
    answersWithProbability(a, prediction) === answersWithProbability(b, prediction)
  );
}

/**
 * The prediction as a class, and the label in the same words. A probability is class '1' from 0.5 on, and labels 'true'
 * and 'false' are then '1' and '0'.
 */
export function classExpressions(task: Task, prediction: Prediction): { predicted: string; actual: string } {
  if (!answersWithProbability(task, prediction)) return { predicted: 'prediction', actual: 'label' };
  return {
    predicted: `if(prediction_number IS NULL, NULL, if(prediction_number >= 0.5, '1', '0'))`,
    actual: "transform(label, ['true', 'false'], ['1', '0'], label)",
  };
}

/** What is profiled as a number once labels arrive, by name. `comparable`: predictions are numbers too. */
export function labelNumbers(comparable: boolean): ReadonlyMap<string, string> {
  const residual = 'prediction_number - label_number';
  // The least of a number and of nothing is the number.
  const within = (number: string) =>
    `if(${residual} IS NULL, NULL, greatest(-1e150, least(1e150, ${number})))`;
  // A label of 0 has no share, and one next to it no finite square.
  const share = `if(label_number = 0, NULL, ${within(`abs(${residual}) / abs(label_number)`)})`;
  return new Map([
    ['_label', 'label_number'],
    ...(comparable
      ? ([
          ['_residual', residual],
          ['_absolute_residual', `abs(${residual})`],
          [PERCENTAGE_ERROR, share],
          [LABEL_RESIDUAL, within(`label_number * (${residual})`)],
          [LABEL_SQUARED_RESIDUAL, within(`label_number * (${residual}) * (${residual})`)],
        ] as const)
      : []),
  ]);
}
