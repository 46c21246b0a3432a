import type { PredictionRecord } from '../../../contract/prediction.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { type ColumnType, PREDICTION } from '../../models/columns/schema.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { ColumnRow } from '../../store/ledger/schema.ts';
import { relevantItems } from './relevant-items.ts';

export interface RecordColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning?: ColumnRow['meaning'];
}

type Cell = number | string | null;

/** A row as `recordColumns` selects it; features are under the names of their columns. */
export interface StoredRow {
  readonly _id: string;
  readonly _time_ms: number;
  readonly _received_ms: number;
  readonly _version: string;
  readonly _score: number | null;
  readonly _latency_ms: number | null;
  readonly _error: string | null;
  readonly _trace_id: string;
  readonly _request_id: string;
  readonly _variant: string;
  readonly _probabilities: Record<string, number>;
  readonly _items: readonly string[];
  readonly _item_scores: readonly number[];
  readonly _attributions: Record<string, number>;
  readonly _tags: Record<string, string>;
  readonly _misfit: Record<string, string>;
  readonly [feature: string]: unknown;
}

/** What a record needs of the table, as a SELECT list. */
export function recordColumns(columns: readonly RecordColumn[]): string {
  return [
    '_id',
    'toUnixTimestamp64Milli(_time) AS _time_ms',
    'toUnixTimestamp64Milli(_received_at) AS _received_ms',
    ...['_version', '_score', '_latency_ms', '_error', '_trace_id', '_request_id', '_variant'],
    // As lists: a map loses its order where its keys look like numbers.
    ...['mapKeys(_ranked) AS _items', 'mapValues(_ranked) AS _item_scores'],
    ...['_probabilities', '_attributions', '_tags', '_misfit'],
    ...columns.map(({ name }) => columnName(name)),
  ].join(', ');
}

/** The columns that are features, in their order. */
export function featureColumns(columns: readonly RecordColumn[]): string[] {
  return columns.map(({ name }) => name).filter((name) => name !== PREDICTION);
}

export interface StoredLabel {
  readonly id: string;
  readonly label: string;
  readonly label_number: number | null;
  readonly time_ms: number;
  readonly source: string;
  readonly human: number;
}

/** How rows of a model become records; what is the same for all of them is worked out once. */
export function recordOf(
  model: string,
  columns: readonly RecordColumn[],
): (row: StoredRow, label: StoredLabel | undefined) => PredictionRecord {
  const features = columns
    .filter(({ name }) => name !== PREDICTION)
    .map(({ name, type }) => ({ name, stored: columnName(name), boolean: type === 'boolean' }));
  return (row, label) => {
    const values: PredictionRecord['features'] = {};
    for (const { name, stored, boolean } of features) {
      const value = (row[stored] ?? null) as Cell;
      values[name] = boolean && value !== null ? value === 'true' : value;
    }
    return toRecord(model, row, values, label);
  };
}

function toRecord(
  model: string,
  row: StoredRow,
  features: PredictionRecord['features'],
  label: StoredLabel | undefined,
): PredictionRecord {
  return {
    id: row._id,
    model,
    version: row._version,
    time: rfc3339(Number(row._time_ms)),
    received_at: rfc3339(Number(row._received_ms)),
    features,
    misfit: row._misfit,
    prediction: (row[PREDICTION] ?? null) as Cell,
    score: row._score,
    probabilities: row._probabilities,
    ranked: row._items.map((item, i) => ({ item, score: row._item_scores[i]! })),
    latency_ms: row._latency_ms,
    error: row._error,
    trace_id: row._trace_id || null,
    request_id: row._request_id || null,
    variant: row._variant || null,
    attributions: row._attributions,
    tags: row._tags,
    label: label === undefined ? null : shownLabel(label, row._items.length > 0),
  };
}

/** A label as it is answered. `ranking`: the prediction is a list of items. */
export function shownLabel(
  { label, label_number, time_ms, source, human }: StoredLabel,
  ranking: boolean,
): NonNullable<PredictionRecord['label']> {
  return {
    value: label_number ?? label,
    time: rfc3339(Number(time_ms)),
    source,
    human: Number(human) === 1,
    items: ranking ? relevantItems(label) : null,
  };
}
