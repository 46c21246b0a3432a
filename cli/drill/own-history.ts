import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Model } from '../../contract/model.ts';
import type { PredictionRecord } from '../../contract/prediction.ts';
import type { Cells } from '../demo/table.ts';
import { Misuse } from '../failure.ts';
import { pages } from '../pages.ts';
import { type DrillTable, drillTable } from './drill-table.ts';

/** Labelled predictions that are read, the newest: a third to learn from, a third as reference, the rest to ask about. */
const MOST = 12_000;
/** Pages that are read to find them. */
const PAGES = 100;
/** What is to be predicted, beside the features. No feature has the name: those never begin with `_`. */
const LABEL = '_label';

/** What holds for every label, of numbers and of classes. */
const LABELLED = { number: `${LABEL}:gte:-1e300`, text: `${LABEL}:ne:` };

/**
 * The stored history of a model as a table for a drill: the features of its newest labelled predictions, and their labels. It is only read. Errors: those of
 * the server, and Misuse when there are fewer than 2,000 with a label, or labels are neither two classes nor numbers.
 */
export async function ownHistory(
  server: Tiltmeter,
  model: string,
  without: readonly string[] = [],
): Promise<DrillTable> {
  const path = `/models/${encodeURIComponent(model)}/predictions`;
  const { task } = await server.call<Model>('GET', `/models/${encodeURIComponent(model)}`);
  const where = LABELLED[task === 'regression' ? 'number' : 'text'];
  const rows: Cells[] = [];
  let read = 0;
  for await (const page of pages<PredictionRecord>(server, path, { limit: '1000', where })) {
    for (const { features, label } of page) if (label !== null) rows.push(cellsOf(features, label.value));
    if (rows.length >= MOST || ++read >= PAGES) break;
  }
  if (rows.length < 2000)
    throw new Misuse(
      `${model} has ${rows.length} predictions with a label`,
      'A drill of its history needs 2,000. Give another table with --data.',
    );
  return drillTable(model, rows.slice(0, MOST), LABEL, without);
}

/** Values as cells of a table; an empty one is missing. */
function cellsOf(features: PredictionRecord['features'], label: number | string): Cells {
  const cells = Object.entries({ ...features, [LABEL]: label }).map(
    ([name, value]) => [name, value === null ? '' : String(value)] as const,
  );
  return Object.fromEntries(cells);
}
