import { Prediction } from '../../../contract/prediction.ts';
import type { ModelKind } from './kind.ts';

/** What a model answered. Each model has a table with a column per feature; a repeated id is dropped and counted. */
export const predictions: ModelKind = {
  id: 'predictions',
  summary: 'Store predictions; acknowledged after they are on disk',
  table: 'of the model',
  schema: Prediction,
};
