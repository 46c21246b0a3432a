import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** Messages have an order within a channel and an incident; a claim keeps other servers from sending the same one. */
const TABLES: Tables = {
  outbox: {
    columns: {
      id: 'text key',
      channel: 'text',
      incident: 'text',
      sequence: 'bigint',
      episode: 'bigint',
      event: 'text',
      raised_to: 'text',
      payload: 'text',
      state: 'text',
      attempts: 'bigint',
      next_at: 'bigint',
      claim: 'bigint',
      claimed_until: 'bigint',
      last_error: 'text ?',
      created_at: 'bigint',
      delivered_at: 'bigint ?',
    },
    unique: [
      ['channel', 'incident', 'episode', 'event', 'raised_to'],
      ['channel', 'incident', 'sequence'],
    ],
    index: [['state', 'channel', 'next_at'], ['incident']],
  },
};

export const outbox: Migration = {
  name: '0008-outbox',
  async up(db, dialect) {
    // A constraint cannot be dropped in SQLite: the table is made anew and the rows are copied.
    await sql`create table outbox_before as select * from outbox`.execute(db);
    await sql`drop table outbox`.execute(db);
    await createTables(db, dialect, TABLES);
    await sql`insert into outbox (id, channel, incident, sequence, episode, event, raised_to, payload, state, attempts,
        next_at, claim, claimed_until, last_error, created_at, delivered_at)
      select id, channel, incident, row_number() over (partition by channel, incident order by created_at, id), 1, event,
        '', payload, state, attempts, next_at, 0, 0, last_error, created_at, delivered_at from outbox_before`.execute(
      db,
    );
    await sql`drop table outbox_before`.execute(db);

    await sql`alter table incidents add column episode bigint not null default 1`.execute(db);
    await sql`alter table incidents add column grouped_by text not null default ''`.execute(db);
    await sql`update incidents set grouped_by = model`.execute(db);
    await sql`alter table incidents add column withdrawn bigint not null default 0`.execute(db);
    await sql`create index incidents_grouped_by_last_at_index on incidents (grouped_by, last_at)`.execute(db);
    await sql`alter table incident_alerts add column model text not null default ''`.execute(db);
    await sql`alter table incident_alerts add column episodes text not null default '[]'`.execute(db);
    await sql`update incident_alerts set model =
      coalesce((select model from alerts where alerts.id = incident_alerts.alert), '')`.execute(db);
    await sql`update incident_alerts set episodes =
      '[{"since":' || cast(since as text) || ',"peak":' || peak || '}]'`.execute(db);
    await sql`create index incident_alerts_model_index on incident_alerts (model, incident)`.execute(db);
  },
};
