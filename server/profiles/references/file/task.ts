import type { Task } from '../../../../contract/model.ts';
import { inferTask } from '../../task/task.ts';
import type { FileColumns } from './read-columns.ts';

/** What the model's task will be found to be, judged from the rows of its reference file as from its predictions. */
export function fileTask({ features, score, label, rows }: FileColumns): Task {
  const prediction = features.get('_prediction');
  const numbers = prediction && 'numbers' in prediction ? prediction.numbers : undefined;
  return inferTask({
    predictions: rows,
    prediction: prediction?.schema.type,
    classes:
      prediction === undefined
        ? 0
        : 'texts' in prediction
          ? prediction.texts.distinct
          : distinct(prediction.numbers),
    zeroOrOne: numbers !== undefined && isZeroOrOne(numbers),
    scores: score !== undefined,
    labels: label?.texts.distinct ?? 0,
  });
}

function isZeroOrOne(cells: Iterable<unknown>): boolean {
  for (const cell of cells) if (typeof cell === 'number' && cell !== 0 && cell !== 1) return false;
  return true;
}

/** Distinct numbers, up to 3. */
function distinct(cells: Iterable<unknown>): number {
  const seen = new Set<unknown>();
  for (const cell of cells) {
    if (typeof cell === 'number') seen.add(cell);
    if (seen.size === 3) break;
  }
  return seen.size;
}
