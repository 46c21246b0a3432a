import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** What of a model is not to be relied on. */
export const quarantines: Migration = {
  name: '0055-quarantines',
  async up(db, dialect) {
    await createTables(db, dialect, {
      quarantines: {
        columns: {
          id: 'text key',
          model: 'text',
          flag_of: 'text',
          name: 'text',
          reason: 'text',
          since: 'bigint',
          until: 'bigint ?',
          set_by: 'text',
          incident: 'text ?',
          ended_at: 'bigint ?',
          ended_by: 'text ?',
        },
        index: [['model'], ['ended_at']],
      },
    });
  },
};
