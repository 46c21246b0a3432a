import { TiltmeterError } from '../../../contract/errors.ts';
import type { PredictionDetail } from '../../../contract/prediction.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { readLabelHistory } from './read-labels.ts';
import { recordColumns, recordOf, type StoredRow, shownLabel } from './record.ts';

/** One prediction with all labels that came for it. Errors: not_found. */
export async function getPrediction(ctx: Ctx, model: string, id: string): Promise<PredictionDetail> {
  authorise(ctx.actor, 'read');
  const { table_name } = await findModel(ctx, model);
  const columns = await modelColumns(ctx, model);
  const [[row], labels] = await Promise.all([
    ctx.lake.query<StoredRow>(
      `SELECT ${recordColumns(columns)} FROM ${modelTable(table_name)} WHERE _id = {id:String} LIMIT 1`,
      { id },
    ),
    readLabelHistory(ctx, model, id),
  ]);
  if (row === undefined) throw new TiltmeterError('not_found', `${model} has no prediction of this id`);
  const ranking = row._items.length > 0;
  return {
    ...recordOf(model, columns)(row, labels[0]),
    labels: labels.map((label) => shownLabel(label, ranking)),
  };
}
