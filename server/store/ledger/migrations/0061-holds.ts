import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  holds: {
    columns: {
      model: 'text key',
      endpoint: 'text',
      rows: 'text',
      n: 'bigint',
      task: 'text',
      every_ms: 'bigint',
      next_at: 'bigint',
      running_since: 'bigint ?',
      baseline: 'text ?',
      created_at: 'bigint',
    },
    index: [['next_at']],
  },
  hold_runs: {
    columns: {
      id: 'text key',
      model: 'text',
      at: 'bigint',
      took_ms: 'bigint',
      rows: 'bigint',
      answered: 'bigint',
      unanswered: 'text',
      failed: 'text ?',
      task: 'text',
      value: 'double precision ?',
      low: 'double precision ?',
      high: 'double precision ?',
      lost: 'double precision ?',
      lost_low: 'double precision ?',
      lost_high: 'double precision ?',
      baseline: 'double precision ?',
      p95_ms: 'double precision ?',
    },
    index: [['model', 'at'], ['at']],
  },
};

/** Labelled sets that are run through the endpoints of models, and what came of it. */
export const holds: Migration = {
  name: '0061-holds',
  up: (db, dialect) => createTables(db, dialect, TABLES),
};
