import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** What slices of each model lost most when that was last looked for. */
export const slices: Migration = {
  name: '0039-slices',
  async up(db, dialect) {
    await createTables(db, dialect, {
      slices: {
        columns: {
          model: 'text key',
          tried_at: 'bigint',
          alerted: 'bigint',
          range_from: 'bigint',
          range_to: 'bigint',
          found: 'text',
        },
      },
    });
  },
};
