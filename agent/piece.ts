import type { Prediction } from '../contract/prediction.ts';
import { PROFILE_DEFINITION, type SentProfile } from '../contract/sent-profile.ts';
import { ColumnCount, type ColumnType, type KnownColumn } from './column-count.ts';

/** Cells and names of a piece beyond which it ends before its time: about ten megabytes. */
const MOST = 200_000;

/** Columns of a model that are counted, the made ones included: as many as a server keeps features. */
const MOST_COLUMNS = 1_000;

/** What an agent knows of a model for ever. */
export interface KnownModel {
  /** Length of the stretches that are counted as one, in milliseconds. */
  bucketMs: number;
  /** Columns of which nothing is counted. */
  leftOut: readonly string[];
  readonly columns: Map<string, KnownColumn>;
}

/** One stretch of time of one version of a model. */
interface Stretch {
  readonly model: string;
  readonly version: string;
  readonly time: number;
  last: number;
  rows: number;
  readonly columns: Map<string, ColumnCount>;
}

/**
 * Predictions, counted: what is sent under one sequence number. Nothing of a single prediction is kept.
 * `piece.add(known, { model: 'm', features: { age: 41 } }, time)`
 */
export class Piece {
  readonly sequence: number;
  /** Predictions that it counts. */
  rows = 0;
  readonly #stretches = new Map<string, Stretch>();

  constructor(sequence: number) {
    this.sequence = sequence;
  }

  /** Whether it holds as much as it may. */
  get full(): boolean {
    let size = 0;
    for (const { columns } of this.#stretches.values())
      for (const column of columns.values()) size += column.size;
    return size > MOST;
  }

  /** Counts a prediction that is good; how many values were left out, since the model has all the columns it may have. `time`: epoch milliseconds. */
  add(known: KnownModel, row: Prediction, time: number): number {
    const stretch = this.#stretch(known, row, time);
    stretch.rows++;
    stretch.last = Math.max(stretch.last, time);
    this.rows++;
    let leftOut = 0;
    const of = (name: string, value: number | string | boolean, type?: ColumnType) => {
      if (known.leftOut.includes(name)) return;
      if (!known.columns.has(name) && known.columns.size >= MOST_COLUMNS) {
        leftOut++;
        return;
      }
      const counts =
        stretch.columns.get(name) ?? new ColumnCount(columnOf(known, name, type ?? typeOf(value)));
      stretch.columns.set(name, counts);
      counts.add(value);
    };
    for (const name in row.features) {
      const value = row.features[name];
      if (value !== null && value !== undefined) of(name, value);
    }
    const { prediction, score, latency_ms, error } = row;
    if (prediction !== undefined && prediction !== null && !Array.isArray(prediction))
      of('_prediction', asClass(known.columns.get('_prediction')?.type, prediction));
    if (score !== undefined && score !== null) of('_score', score);
    if (latency_ms !== undefined && latency_ms !== null) of('_latency_ms', latency_ms);
    of('_error', errorClass(error), 'categorical');
    return leftOut;
  }

  /** What is sent of it: a profile for each column that the model is known to have. */
  profiles(agent: string, models: ReadonlyMap<string, KnownModel>): SentProfile[] {
    return [...this.#stretches.values()].flatMap((stretch) => {
      const { model, version, time, last, rows } = stretch;
      const known = models.get(model)!;
      const common = {
        definition: PROFILE_DEFINITION,
        agent,
        sequence: this.sequence,
        model,
        version,
        time,
        last,
        n: rows,
      };
      const columns = [...known.columns].map(([column, facts]): SentProfile => {
        const counts = stretch.columns.get(column) ?? new ColumnCount(facts);
        return { ...common, column, type: facts.type, ...counts.end(rows) };
      });
      return [
        { ...common, column: '_all', type: 'rows' as const, ...new ColumnCount(ROWS).end(0) },
        ...columns,
      ];
    });
  }

  #stretch(known: KnownModel, { model, version = '' }: Prediction, time: number): Stretch {
    const start = Math.floor(time / known.bucketMs) * known.bucketMs;
    const key = `${model} ${start} ${version}`;
    let stretch = this.#stretches.get(key);
    if (stretch === undefined) {
      stretch = { model, version, time: start, last: time, rows: 0, columns: new Map() };
      this.#stretches.set(key, stretch);
    }
    return stretch;
  }
}

const ROWS: KnownColumn = { type: 'numeric', grid: null };

function columnOf(known: KnownModel, name: string, type: ColumnType): KnownColumn {
  let column = known.columns.get(name);
  if (column === undefined) {
    column = { type, grid: null };
    known.columns.set(name, column);
  }
  return column;
}

function typeOf(value: number | string | boolean): ColumnType {
  return typeof value === 'number' ? 'numeric' : typeof value === 'boolean' ? 'boolean' : 'categorical';
}

/** A class that is a number is the same class as its text, as in the server: of the type that the answers of the model have. */
function asClass(type: ColumnType | undefined, value: number | string | boolean): number | string | boolean {
  if (type === 'categorical' && typeof value === 'number') return String(value);
  if (type !== 'numeric' || typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

/** The error's class, as the server has it: its text up to the first ':', at most 128 characters; '' for none. */
function errorClass(error: string | null | undefined): string {
  if (error === null || error === undefined) return '';
  const colon = error.indexOf(':');
  return [...(colon > 0 ? error.slice(0, colon) : error)].slice(0, 128).join('');
}
