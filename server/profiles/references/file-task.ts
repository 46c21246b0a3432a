import type { Task } from '../../../contract/model.ts';
import { inferTask } from '../task/task.ts';
import { numericCells, textCells } from './cells.ts';
import type { FileColumns } from './file-profiles.ts';

/** What the model's task will be found to be, judged from the rows of its reference file as from its predictions. */
export function fileTask({ features, score, label, rows, text }: FileColumns): Task {
  const prediction = features.get('_prediction');
  const numbers = prediction?.schema.type === 'numeric' ? numericCells(prediction.cells, text) : [];
  return inferTask({
    predictions: rows,
    prediction: prediction?.schema.type,
    classes: prediction === undefined ? 0 : distinct(textCells(prediction.cells, text, DECLARED)),
    zeroOrOne: numbers.length > 0 && numbers.every((x) => typeof x !== 'number' || x === 0 || x === 1),
    scores: score !== undefined,
    labels: label === undefined ? 0 : distinct(textCells(label, text, DECLARED)),
  });
}

const DECLARED = { type: 'categorical', declared: true } as const;

/** Distinct values, up to 3. */
function distinct(cells: readonly unknown[]): number {
  const seen = new Set<unknown>();
  for (const cell of cells) {
    if (typeof cell === 'string') seen.add(cell);
    if (seen.size === 3) break;
  }
  return seen.size;
}
