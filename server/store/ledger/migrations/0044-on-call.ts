import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  silences: {
    columns: {
      id: 'text key',
      kind: 'text',
      matchers: 'text',
      starts_at: 'bigint',
      ends_at: 'bigint',
      hours: 'text ?',
      comment: 'text',
      created_by: 'text',
      created_at: 'bigint',
    },
    index: [['ends_at']],
  },
  silenced: { columns: { incident: 'text key', silence: 'text', since: 'bigint' } },
  rotas: {
    columns: { id: 'text key', name: 'text', definition: 'text', updated_at: 'bigint' },
    unique: [['name']],
  },
  escalations: {
    columns: { id: 'text key', name: 'text', definition: 'text', updated_at: 'bigint' },
    unique: [['name']],
  },
  escalated: {
    columns: { incident: 'text', waiting_since: 'bigint', step: 'bigint', at: 'bigint' },
    key: ['incident', 'waiting_since', 'step'],
  },
};

/** Silences, who is on call, who is told further; hours in which a channel is left alone, and how much it is told. */
export const onCall: Migration = {
  name: '0044-on-call',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`alter table channels add column quiet text`.execute(db);
    await sql`alter table channels add column per_hour bigint`.execute(db);
    await sql`alter table outbox add column held_until bigint not null default 0`.execute(db);
    await sql`create index outbox_channel_created_at on outbox (channel, created_at)`.execute(db);
    // Since when an incident waits for somebody who acknowledges it.
    await sql`alter table incidents add column waiting_since bigint not null default 0`.execute(db);
    await sql`update incidents set waiting_since = opened_at`.execute(db);
    // What is open is looked at every few seconds, and is few beside what is over.
    await sql`create index incidents_unacknowledged on incidents (waiting_since) where status = 'open'`.execute(
      db,
    );
  },
};
