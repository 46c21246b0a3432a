import type { Prediction } from '../../../contract/prediction.ts';
import { PROBABILITIES, wrongProbabilities } from '../../models/columns/probabilities.ts';
import { type ModelSchema, PREDICTION, typeOf } from '../../models/columns/schema.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { Batch } from './batch.ts';
import { CategoryColumn } from './category-column.ts';
import { type FeatureColumn, featureColumn } from './feature-column.ts';
import { NumberColumn } from './number-column.ts';
import { rankedText } from './ranked-text.ts';
import { mapColumn, TextColumn } from './text-column.ts';
import { TimeColumn } from './time-column.ts';

type Value = number | string | boolean;

const NONE: readonly string[] = [];

/** Predictions of one model, column by column. */
export class PredictionBatch extends Batch {
  readonly schema: ModelSchema;
  readonly #features: FeatureColumn[] = [];
  readonly #byName = new Map<string, FeatureColumn>();
  readonly #id = this.column('_id', () => new TextColumn());
  readonly #time = this.column('_time', () => new TimeColumn());
  readonly #version = this.column('_version', () => new CategoryColumn(''));
  readonly #score = this.column('_score', () => new NumberColumn());
  readonly #latency = this.column('_latency_ms', () => new NumberColumn());
  readonly #error = this.column('_error', () => new CategoryColumn());
  readonly #traceId = this.column('_trace_id', () => new TextColumn());
  readonly #requestId = this.column('_request_id', () => new TextColumn());
  readonly #variant = this.column('_variant', () => new CategoryColumn(''));
  readonly #probabilities = this.column('_probabilities', () => mapColumn('Map(String, Float64)'));
  readonly #ranked = this.column('_ranked', () => mapColumn('Map(String, Float64)'));
  readonly #attributions = this.column('_attributions', () => mapColumn('Map(String, Float64)'));
  readonly #tags = this.column('_tags', () => mapColumn('Map(String, String)'));
  readonly #misfit = this.column('_misfit', () => mapColumn('Map(String, String)'));
  // One row on its way in: columns and values side by side, reused for every row.
  readonly #targets: FeatureColumn[] = [];
  readonly #values: Value[] = [];
  #cells = 0;

  constructor(schema: ModelSchema) {
    super(schema.table, { idColumn: '_id', stampColumn: '_received_at', arrivals: 'predictions' });
    this.models.add(schema.model);
    this.schema = schema;
  }

  /** Features are gathered under their own names and lie under others. */
  override columnName(name: string): string {
    return columnName(name);
  }

  /**
   * Finds the columns of a valid prediction, making those that are new, as far as `maxColumns` goes; `grant` is told how
   * many that are, and may throw: then everything is as it was. Returns the features that no column is left for. The
   * next `write` takes what was found here.
   */
  admit(row: Prediction, maxColumns: number, grant: (columns: number) => void = () => {}): readonly string[] {
    this.#cells = 0;
    const features = row.features;
    let unknown = 0;
    if (features !== undefined) {
      let position = 0;
      for (const name in features) {
        const value = features[name];
        const column = this.#find(name, position++);
        if (value === null || value === undefined) continue;
        if (column === undefined) unknown++;
        else this.#take(column, value);
      }
    }
    const surplus = unknown > 0 ? this.#extend(features!, maxColumns, grant) : NONE;
    const prediction = row.prediction;
    if (prediction !== null && prediction !== undefined && !Array.isArray(prediction)) {
      const column = this.#byName.get(PREDICTION) ?? this.#make(PREDICTION, prediction);
      this.#take(column, prediction);
    }
    return surplus;
  }

  /** Appends the row that was admitted last. */
  write(row: Prediction, id: string, time: number): void {
    const at = this.rows;
    this.addId(id);
    this.#id.set(at, id);
    this.#time.set(at, time);
    let misfit: Record<string, string> | undefined;
    for (let i = 0; i < this.#cells; i++) {
      const target = this.#targets[i]!;
      if (target.set(at, this.#values[i]!)) continue;
      misfit ??= {};
      setOwn(misfit, target.name, String(this.#values[i]));
    }
    if (row.probabilities) {
      const text = JSON.stringify(byClass(row.probabilities));
      if (wrongProbabilities(Object.values(row.probabilities)) === null) this.#probabilities.set(at, text);
      else {
        misfit ??= {};
        misfit[PROBABILITIES] = text;
      }
    }
    if (misfit !== undefined) this.#misfit.set(at, JSON.stringify(misfit));
    if (Array.isArray(row.prediction) && row.prediction.length > 0)
      this.#ranked.set(at, rankedText(row.prediction));
    if (row.version) this.#version.set(at, row.version);
    if (typeof row.score === 'number') this.#score.set(at, row.score);
    if (typeof row.latency_ms === 'number') this.#latency.set(at, row.latency_ms);
    if (typeof row.error === 'string') this.#error.set(at, row.error);
    if (row.trace_id) this.#traceId.set(at, row.trace_id);
    if (row.request_id) this.#requestId.set(at, row.request_id);
    if (row.variant) this.#variant.set(at, row.variant);
    if (row.attributions) this.#attributions.set(at, JSON.stringify(row.attributions));
    if (row.tags) this.#tags.set(at, JSON.stringify(row.tags));
  }

  /** Moves columns to the types that the stores settled on: another server may have been first with another type. */
  conform(): void {
    for (const [name, { column }] of this.#byName) {
      const settled = this.schema.columns.get(name);
      if (settled === undefined || (settled.type === 'numeric') === column instanceof NumberColumn) continue;
      const moved = featureColumn(name, settled);
      for (let row = 0; row < this.rows; row++) {
        const value = column.get(row);
        if (value === undefined || moved.set(row, value)) continue;
        const misfit = JSON.parse(this.#misfit.get(row) || '{}') as Record<string, string>;
        setOwn(misfit, name, String(value));
        this.#misfit.set(row, JSON.stringify(misfit));
      }
      this.#byName.set(name, moved);
      this.columns.set(name, moved.column);
    }
  }

  #find(name: string, position: number): FeatureColumn | undefined {
    // Senders keep the order of their features, so the column is nearly always the one at the same position.
    const guess = this.#features[position];
    if (guess !== undefined && guess.name === name) return guess;
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    const known = this.schema.columns.get(name);
    return known === undefined ? undefined : this.#add(featureColumn(name, known));
  }

  #extend(
    features: NonNullable<Prediction['features']>,
    maxColumns: number,
    grant: (columns: number) => void,
  ): readonly string[] {
    const fresh = Object.entries(features).filter(
      ([name, value]) => value !== null && !this.schema.columns.has(name),
    );
    const room = Math.max(0, Math.min(fresh.length, maxColumns - this.schema.features));
    if (room > 0) grant(room);
    for (const [name, value] of fresh.slice(0, room)) this.#take(this.#make(name, value!), value!);
    return fresh.slice(room).map(([name]) => name);
  }

  #make(name: string, value: Value): FeatureColumn {
    const known = this.schema.columns.get(name) ?? this.schema.propose(name, typeOf(value));
    return this.#add(featureColumn(name, known));
  }

  #add(column: FeatureColumn): FeatureColumn {
    this.#byName.set(column.name, column);
    this.columns.set(column.name, column.column);
    if (column.name !== PREDICTION) this.#features.push(column);
    return column;
  }

  #take(column: FeatureColumn, value: Value): void {
    this.#targets[this.#cells] = column;
    this.#values[this.#cells++] = value;
  }
}

/** Probabilities by class; those of a list are of the classes 0, 1, 2 … */
const byClass = (probabilities: NonNullable<Prediction['probabilities']>) =>
  Array.isArray(probabilities) ? { ...probabilities } : probabilities;

/** Sets a key that may be called `__proto__`. */
function setOwn(record: Record<string, string>, key: string, value: string): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
