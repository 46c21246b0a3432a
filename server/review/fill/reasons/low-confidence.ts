import { areClassProbabilities } from '../../../models/columns/probabilities.ts';
import { storedAnswer } from '../../../models/columns/profiled-columns.ts';
import { PREDICTION } from '../../../models/columns/schema.ts';
import { answersWithProbability, labelMode } from '../../../profiles/labels/mode.ts';
import { columnName } from '../../../store/lake/column-name.ts';
import { extremes } from './predictions.ts';
import type { Looked, Reason } from './reason.ts';

/**
 * The least sure: whose most probable class has the smallest probability, as `probabilities`, a score of two classes or an answer that is a probability
 * tell. None of models that answer with numbers or lists.
 */
export const low_confidence: Reason = {
  id: 'low_confidence',
  async find(ctx, looked) {
    const value = confidence(looked);
    return value === null ? [] : extremes(ctx, looked, { value, order: 'ASC' });
  },
};

/** The probability of the most probable class as an expression, null where nothing tells it. */
export function confidence({ model, columns }: Pick<Looked, 'model' | 'columns'>): string | null {
  const answer = storedAnswer(columns);
  if (answer !== undefined && labelMode(model.task, answer) !== 'classes') return null;
  if (model.task === 'regression' || model.task === 'ranking') return null;
  const likelier = (p: string) => `if(${p} >= 0 AND ${p} <= 1, greatest(${p}, 1 - ${p}), NULL)`;
  const two = answersWithProbability(model.task, answer)
    ? `coalesce(${likelier(columnName(PREDICTION))}, ${likelier('_score')})`
    : model.task === 'multiclass'
      ? "CAST(NULL, 'Nullable(Float64)')"
      : likelier('_score');
  return `if(${areClassProbabilities('_probabilities')}, toNullable(arrayMax(mapValues(_probabilities))), ${two})`;
}
