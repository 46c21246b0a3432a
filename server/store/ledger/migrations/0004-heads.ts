import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** Heads instead of history. */
const TABLES: Tables = {
  profile_heads: {
    columns: {
      model: 'text key',
      rolled_up_to: 'bigint',
      labelled_to: 'bigint',
      task: 'text',
      bucket_ms: 'bigint',
      first: 'bigint ?',
      last: 'bigint ?',
      newest_event: 'bigint ?',
      last_received: 'bigint ?',
      revision: 'bigint',
      writing: 'bigint',
      predictions: 'bigint',
      labels: 'bigint',
      waiting: 'bigint',
      versions: 'text',
      traffic: 'text',
      rewrites: 'text',
      looks: 'text',
      held: 'text',
      next_at: 'bigint ?',
      succeeded_at: 'bigint',
      failure: 'text ?',
    },
  },
  column_heads: {
    columns: {
      model: 'text',
      column: 'text',
      first: 'bigint ?',
      last: 'bigint ?',
      revision: 'bigint',
      expected: 'bigint',
      opened: 'bigint ?',
    },
    key: ['model', 'column'],
  },
};

export const heads: Migration = {
  name: '0004-heads',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
