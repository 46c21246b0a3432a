import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** Links to other systems, as people set them. */
export const links: Migration = {
  name: '0071-links',
  async up(db, dialect) {
    await createTables(db, dialect, {
      links: { columns: { name: 'text key', places: 'text', url: 'text', updated_at: 'bigint' } },
    });
  },
};
