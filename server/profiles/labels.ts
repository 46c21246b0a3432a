import { identifier } from '../../tables/identifier.ts';
import type { ProfiledColumn } from '../models/columns/profiled-columns.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** How labels and predictions of a model compare: as numbers (residuals) or as classes (confusion). */
export type LabelMode = 'numeric' | 'classes';

/**
 * By the model's task; while that is unknown, by the type of its predictions.
 * `labelMode('unknown', 'numeric')` → 'numeric'
 */
export function labelMode(task: ModelRow['task'], prediction: ProfiledColumn['type'] | undefined): LabelMode {
  if (task === 'regression' || task === 'ranking') return 'numeric';
  if (task === 'binary' || task === 'multiclass') return 'classes';
  return prediction === 'numeric' ? 'numeric' : 'classes';
}

const PREDICTION = identifier('_prediction');

/**
 * The prediction as a class, and the label in the same words. A binary model that answers with a number answers with a
 * probability: from 0.5 it is class '1', and labels 'true' and 'false' are '1' and '0'.
 */
export function classExpressions(
  task: ModelRow['task'],
  prediction: ProfiledColumn['type'],
): { predicted: string; actual: string } {
  if (task === 'binary' && prediction === 'numeric') {
    return {
      predicted: `if(${PREDICTION} IS NULL, NULL, if(${PREDICTION} >= 0.5, '1', '0'))`,
      actual: "transform(label, ['true', 'false'], ['1', '0'], label)",
    };
  }
  return { predicted: `toString(${PREDICTION})`, actual: 'label' };
}

/** What is profiled as a number once labels arrive, by name. */
export function residualExpressions(): ReadonlyMap<string, string> {
  const residual = `${PREDICTION} - label_number`;
  return new Map([
    ['_residual', residual],
    ['_absolute_residual', `abs(${residual})`],
  ]);
}
