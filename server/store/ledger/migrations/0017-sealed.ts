import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Entries of the audit log say with which key they are chained, and the end of the chain which key the ledger is under. */
export const sealed: Migration = {
  name: '0017-sealed',
  async up(db) {
    await sql`alter table audit add column key_id text`.execute(db);
    await sql`alter table audit_head add column key_id text not null default ''`.execute(db);
  },
};
