import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** How soon incidents of each priority are to be acknowledged and resolved, where people say other than what is usual. */
export const responseClocks: Migration = {
  name: '0045-response-clocks',
  async up(db, dialect) {
    await createTables(db, dialect, {
      response_clocks: { columns: { priority: 'text key', clock: 'text', updated_at: 'bigint' } },
    });
  },
};
