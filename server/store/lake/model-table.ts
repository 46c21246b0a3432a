import { setTimeout as sleep } from 'node:timers/promises';
import { TiltmeterError } from '../../../contract/errors.ts';
import { columnName } from './column-name.ts';
import { stillWritten } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { run } from './migrations.ts';

/** A feature: numbers as Nullable(Float64), everything else as its text. */
export interface ModelColumn {
  /** As its senders name it; columnName says where it lies. */
  readonly name: string;
  readonly kind: 'numeric' | 'text';
}

/** Longest name of a table the file systems below allow, with room for the engine's own suffixes. */
const MAX_TABLE_NAME = 200;

/**
 * The table of a model's predictions. Distinct models have distinct tables: letters, digits and `_` stay, every other
 * character becomes its code. `modelTableName('credit-risk')` → 'predictions_credit_2drisk'
 */
export function modelTableName(model: string): string {
  const safe = model.replace(/[^A-Za-z0-9]/g, (character) =>
    character === '_' ? '__' : `_${character.codePointAt(0)!.toString(16).padStart(2, '0')}`,
  );
  if (safe.length > MAX_TABLE_NAME) throw new RangeError('the model name is too long for a table');
  return `predictions_${safe}`;
}

/**
 * Measured with 38 and with 990 columns, docs/lake.md: one file per part up to 100 MiB, so that an insert syncs one file
 * instead of two per column; few parts in one merge, which holds a block of each of them in memory.
 */
const LAYOUT = 'min_bytes_for_wide_part = 104857600, max_parts_to_merge_at_once = 5';

/** Map keys are plain strings: as LowCardinality, four empty maps a row cost more than the 38 features beside them. */
const TABLE = `CREATE TABLE IF NOT EXISTS {table:NAME} (
  _id String,
  _time DateTime64(3, 'UTC') CODEC(DoubleDelta, LZ4),
  _version LowCardinality(String),
  _score Nullable(Float64),
  _probabilities Map(String, Float64),
  _ranked Map(String, Float64),
  _latency_ms Nullable(Float64),
  _error Nullable(String),
  _trace_id String,
  _request_id String,
  _variant LowCardinality(String),
  _attributions Map(String, Float64),
  _tags Map(String, String),
  _misfit Map(String, String),
  _received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, LZ4),
  INDEX id _id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX received _received_at TYPE minmax GRANULARITY 1
) ENGINE = {engine:MergeTree}
PARTITION BY toYYYYMM(_time) ORDER BY _time
SETTINGS {events}, ${LAYOUT} {shard_by:cityHash64(_id)}`;

/** Creates the table of a model. Repeating it is harmless. `table` is a bare name, `predictions_credit`. */
export async function createModelTable(lake: Lake, table: string): Promise<void> {
  await run(lake, TABLE.replace('NAME', table));
}

/** Adds columns in one statement. Repeating it is harmless; a column that exists keeps its type. */
export async function addColumns(lake: Lake, table: string, columns: readonly ModelColumn[]): Promise<void> {
  if (columns.length === 0) return;
  const additions = columns.map(
    ({ name, kind }) => `ADD COLUMN IF NOT EXISTS ${columnName(name)} ${kind === 'numeric' ? NUMERIC : TEXT}`,
  );
  await run(lake, `ALTER TABLE {table:${table}} ${additions.join(', ')}`);
}

/**
 * Drops a column: nobody finds it any more once this resolves, nor the values it had if it is added again. `values`:
 * whether they are gone from the disk by then, which takes as long as there are rows, or go by themselves (on a cluster the
 * replica that was asked has dropped them either way). Repeating it is harmless, also while the values of an earlier drop still
 * go: the engine drops no column before they have gone, so it is waited for. Errors: store_unavailable (they take longer).
 */
export async function dropColumn(
  lake: Lake,
  table: string,
  name: string,
  values: 'gone' | 'going',
): Promise<void> {
  const wait =
    values === 'gone' ? 'mutations_sync = 2' : `mutations_sync = 0, alter_sync = ${lake.cluster ? 1 : 0}`;
  const statement = `ALTER TABLE {table:${table}} DROP COLUMN IF EXISTS ${columnName(name)} SETTINGS ${wait}`;
  for (let tries = EARLIER_TRIES[values]; ; tries--)
    try {
      return await run(lake, statement);
    } catch (error) {
      if (!stillWritten(error)) throw error;
      if (tries === 0)
        throw new TiltmeterError(
          'store_unavailable',
          `Values of ${name} are still being removed from the disk`,
          {
            cause: error,
            retryAfter: 10,
          },
        );
      await sleep(EARLIER_MS);
    }
}

/** How often it is looked whether an earlier change has been written: somebody waits for a drop whose values go by themselves. */
const EARLIER_MS = 200;
const EARLIER_TRIES = { going: 25, gone: 300 };

const NUMERIC = 'Nullable(Float64)';
const TEXT = 'LowCardinality(Nullable(String))';
