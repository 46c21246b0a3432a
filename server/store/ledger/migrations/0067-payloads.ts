import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Models say what the positions of their tensors mean. */
export const payloads: Migration = {
  name: '0067-payloads',
  async up(db) {
    await sql`alter table models add column payload text`.execute(db);
  },
};
