import { deleteCounted, deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';
import { KEPT_TELEMETRY } from './kept.ts';
import { MODEL_ATTRIBUTE } from './predictions.ts';
import { SERIES_OF_MODEL } from './remote-write/of-model.ts';

/** The moment of a row, by table. */
const timeOf = (table: string): string => (table.startsWith('otel_metrics') ? 'TimeUnix' : 'Timestamp');

const before = (table: string) => `${timeOf(table)} < fromUnixTimestamp64Milli({before:Int64}, 'UTC')`;

/** Names the model, or none and is of a service that bears its name. */
const ITS_OWN =
  "(ResourceAttributes[{attribute:String}] = {model:String} OR ResourceAttributes[{attribute:String}] = '' AND ServiceName = {model:String})";

/** Where spans and log records have what people put into them, by table. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  otel_traces: 'SpanAttributes',
  otel_logs: 'LogAttributes',
};

/** What is of requests: those of a trace, unless they name another model, and the model's own with an attribute that is called as a column. */
function ofRequests(table: string): Pick<OfModel, 'removeTraces' | 'removeValues'> {
  const attributes = ATTRIBUTES[table];
  if (attributes === undefined) return {};
  return {
    removeTraces: ({ lake }, { model, before: at, ids }) =>
      deleteCounted(
        lake,
        table,
        `TraceId IN ({ids:Array(String)}) AND ResourceAttributes[{attribute:String}] IN ({model:String}, '') AND ${before(table)}`,
        { attribute: MODEL_ATTRIBUTE, model, before: at, ids },
      ),
    removeValues: async ({ lake }, { model, before: at, where }) => {
      const params = { attribute: MODEL_ATTRIBUTE, model, before: at };
      const named = where.map(({ column }, i) => [`n${i}`, column.replace(/^_tags\./, '')] as const);
      const values = where.map(({ values }, i) => [`v${i}`, values] as const);
      const all = where.map((_, i) => `${attributes}[{n${i}:String}] IN ({v${i}:Array(String)})`);
      return deleteCounted(lake, table, [ITS_OWN, before(table), ...all].join(' AND '), {
        ...params,
        ...Object.fromEntries([...named, ...values]),
      });
    },
  };
}

/** Telemetry that names a model, or names none and is of a service that bears its name. */
export const TELEMETRY_OF_MODEL: readonly OfModel[] = [
  ...KEPT_TELEMETRY.filter(({ name }) => name.startsWith('otel_')).map(
    ({ name }): OfModel => ({
      name,
      store: 'lake',
      remove: ({ lake }, { model, before: at }) =>
        deleteRows(lake, name, `${ITS_OWN} AND ${before(name)}`, {
          ...{ attribute: MODEL_ATTRIBUTE, model, before: at },
        }),
      ...ofRequests(name),
    }),
  ),
  SERIES_OF_MODEL,
];
