import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** What was noted under `settings` of each model gets tables of its own. */
const TABLES: Tables = {
  importance: {
    columns: { model: 'text key', tried_at: 'bigint', rows: 'bigint', predictions: 'bigint' },
  },
};

/** The default monitors of the version that noted no more than that a model has them. */
const DEFAULTS = [
  'drift',
  'prediction_drift',
  'missing',
  'invalid',
  'range',
  'new_category',
  'volume',
  'freshness',
  'error_rate',
  'latency/p50',
  'latency/p95',
  'latency/p99',
  'performance',
];

const MONITORS = 'monitors/';
const IMPORTANCE = 'importance/';

/** The tables as they are at this migration. */
interface Before {
  settings: { key: string; value: string };
  monitor_defaults: { model: string; name: string };
  importance: { model: string; tried_at: number; rows: number; predictions: number };
}

export const importance: Migration = {
  name: '0010-importance',
  async up(untyped, dialect) {
    await createTables(untyped, dialect, TABLES);
    const db = untyped as unknown as Kysely<Before>;
    for (const { key, value } of await db.selectFrom('settings').selectAll().execute()) {
      if (key.startsWith(MONITORS)) {
        const model = key.slice(MONITORS.length);
        const made = DEFAULTS.map((name) => ({ model, name }));
        await db
          .insertInto('monitor_defaults')
          .values(made)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      } else if (key.startsWith(IMPORTANCE)) {
        const { at, rows } = JSON.parse(value) as { at: number; rows: number };
        const learned = { model: key.slice(IMPORTANCE.length), tried_at: at, rows, predictions: rows };
        await db.insertInto('importance').values(learned).execute();
      } else continue;
      await db.deleteFrom('settings').where('key', '=', key).execute();
    }
  },
};
