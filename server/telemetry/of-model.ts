import { deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';
import { KEPT_TELEMETRY } from './kept.ts';
import { MODEL_ATTRIBUTE } from './predictions.ts';
import { SERIES_OF_MODEL } from './remote-write/of-model.ts';

/** The moment of a row, by table. */
const timeOf = (table: string): string => (table.startsWith('otel_metrics') ? 'TimeUnix' : 'Timestamp');

/** Telemetry that names a model, or names none and is of a service that bears its name. */
export const TELEMETRY_OF_MODEL: readonly OfModel[] = [
  ...KEPT_TELEMETRY.filter(({ name }) => name.startsWith('otel_')).map(
    ({ name }): OfModel => ({
      name,
      store: 'lake',
      remove: ({ lake }, { model, before }) =>
        deleteRows(
          lake,
          name,
          `(ResourceAttributes[{attribute:String}] = {model:String} OR ResourceAttributes[{attribute:String}] = '' AND ServiceName = {model:String}) AND ${timeOf(name)} < fromUnixTimestamp64Milli({before:Int64}, 'UTC')`,
          { attribute: MODEL_ATTRIBUTE, model, before },
        ),
    }),
  ),
  SERIES_OF_MODEL,
];
