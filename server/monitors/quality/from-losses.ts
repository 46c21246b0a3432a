import { mean } from '../../../stats/intervals/mean.ts';
import { CONFUSION_SEPARATOR, present } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { counted } from './metric.ts';

/** Answers that are told apart: of more, some share a place. */
export const PLACES = 16;

/** Losses of labelled predictions by place: how many, their sum and that of their squares. */
function recipeOf(metric: string, of: string, column: string, add: QualityRecipe['add']): QualityRecipe {
  return {
    ...{ metric, of, better: 'lower', columns: [column], labelledIn: [column] },
    width: 3 * PLACES,
    counted: PLACES,
    add,
    quality: (sums) => {
      const part = (k: number) => sums.slice(k * PLACES, (k + 1) * PLACES).reduce((a, b) => a + b, 0);
      const n = part(0);
      return counted(mean({ n, sum: part(1), sum2: part(2) }), n);
    },
  };
}

/**
 * The losses of labelled predictions: of classes 1 for a wrong answer and 0 for a right one, by the answer that was given, since what one
 * answer means may change alone; of numbers the absolute error.
 */
export function lossRecipe(model: LabelledModel): QualityRecipe | { readonly reason: string } {
  if (model.task === 'unknown')
    return { reason: model.known.has('_label') ? 'task_not_settled' : 'no_labels' };
  if (model.task === 'regression') {
    const column = '_absolute_residual';
    if (!model.known.has(column))
      return { reason: model.known.has('_label') ? 'no_answers_to_compare' : 'no_labels' };
    return recipeOf('error_rise', '', column, (profiles, into) => {
      const errors = profiles.get(column);
      if (errors !== undefined) addLoss(into, 0, present(errors), errors.sum, errors.sum2);
    });
  }
  const column = '_confusion';
  if (!model.known.has(column))
    return { reason: model.known.has('_label') ? 'no_answers_to_compare' : 'no_labels' };
  const { positive } = model;
  const place = (answer: string) => (positive === null ? placeOf(answer) : Number(answer === positive));
  return recipeOf('loss_rise', positive ?? '', column, (profiles, into) => {
    for (const [pair, n] of profiles.get(column)?.counts ?? []) {
      const [actual, predicted = ''] = pair.split(CONFUSION_SEPARATOR);
      const wrong = actual === predicted ? 0 : n;
      addLoss(into, place(predicted), n, wrong, wrong);
    }
  });
}

function addLoss(into: Float64Array, place: number, n: number, sum: number, sum2: number): void {
  into[place]! += n;
  into[PLACES + place]! += sum;
  into[2 * PLACES + place]! += sum2;
}

/** The same for the same answer wherever it is asked (FNV-1a). */
function placeOf(answer: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < answer.length; i++) hash = Math.imul(hash ^ answer.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % PLACES;
}
