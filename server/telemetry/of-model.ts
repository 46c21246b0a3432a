import { deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';
import { KEPT_TELEMETRY } from './kept.ts';
import { beforeOf, ITS_OWN, OF_SUBJECT } from './of-subject.ts';
import { MODEL_ATTRIBUTE } from './predictions.ts';
import { SERIES_OF_MODEL } from './remote-write/of-model.ts';

/** Telemetry that names a model, or names none and is of a service that bears its name. */
export const TELEMETRY_OF_MODEL: readonly OfModel[] = [
  ...KEPT_TELEMETRY.filter(({ name }) => name.startsWith('otel_')).map(
    ({ name }): OfModel => ({
      name,
      store: 'lake',
      remove: ({ lake }, { model, before: at }) =>
        deleteRows(lake, name, `${ITS_OWN} AND ${beforeOf(name)}`, {
          ...{ attribute: MODEL_ATTRIBUTE, model, before: at },
        }),
      ...(Object.hasOwn(OF_SUBJECT, name) ? { subject: OF_SUBJECT[name]! } : {}),
    }),
  ),
  SERIES_OF_MODEL,
];
