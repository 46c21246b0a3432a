import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** Jobs that say when they begin and end. */
export const heartbeats: Migration = {
  name: '0046-heartbeats',
  async up(db, dialect) {
    await createTables(db, dialect, {
      heartbeats: {
        columns: {
          job: 'text key',
          model: 'text ?',
          settings: 'text',
          runs: 'text',
          running_since: 'bigint ?',
          created_at: 'bigint',
          updated_at: 'bigint',
        },
        index: [['model']],
      },
    });
  },
};
