import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** Who is alive, and who owns which model. */
const TABLES: Tables = {
  servers: {
    columns: {
      id: 'text key',
      address: 'text',
      started_at: 'bigint',
      expires_at: 'bigint',
      deciding: 'bigint',
      visible_to: 'bigint',
    },
  },
  owners: { columns: { model: 'text key', server: 'text', fence: 'bigint' }, index: [['server']] },
};

export const servers: Migration = {
  name: '0002-servers',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`alter table leases add column fence bigint not null default 0`.execute(db);
    // A lease holds as long as its holder lives.
    await sql`alter table leases drop column expires_at`.execute(db);
  },
};
