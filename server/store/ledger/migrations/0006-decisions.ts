import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** The decision log has an order that readers can trust. */
const TABLES: Tables = {
  decision_head: { columns: { id: 'bigint key', seq: 'bigint' } },
  judgements: {
    columns: {
      model: 'text key',
      evaluated_to: 'bigint',
      judged_revision: 'bigint',
      matured_to: 'bigint',
      round: 'bigint',
      due_at: 'bigint ?',
      succeeded_at: 'bigint',
      failure: 'text ?',
    },
  },
  alert_checkpoints: {
    columns: { alert: 'text', time: 'bigint', basis: 'text', memory: 'text ?' },
    key: ['alert', 'time'],
  },
  baselines: {
    columns: {
      model: 'text',
      name: 'text',
      made_of: 'text',
      period_from: 'bigint',
      period_to: 'bigint',
      revision: 'bigint',
      sums: 'text',
    },
    key: ['model', 'name'],
  },
  monitor_defaults: { columns: { model: 'text', name: 'text' }, key: ['model', 'name'] },
};

/** What a line of the log tells of its alert, so that a reader needs no other table. */
const TOLD = {
  model: "text not null default ''",
  monitor: "text not null default ''",
  kind: "text not null default ''",
  metric: "text not null default ''",
  column: "text not null default ''",
  segment: "text not null default ''",
  version: "text not null default ''",
  severity: "text not null default 'ticket'",
  since: 'bigint not null default 0',
  peak: 'text',
  reach_ms: 'bigint not null default 0',
  correction: 'bigint not null default 0',
};

export const decisions: Migration = {
  name: '0006-decisions',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`insert into decision_head (id, seq)
      select 1, coalesce(max(seq), 0) from alert_transitions`.execute(db);
    await sql`insert into judgements (model, evaluated_to, judged_revision, matured_to, round, succeeded_at)
      select id, evaluated_to, 0, 0, 0, updated_at from models where evaluated_to > 0`.execute(db);
    await sql`alter table models drop column evaluated_to`.execute(db);
    await sql`alter table alerts add column basis text not null default ''`.execute(db);
    for (const [name, type] of Object.entries(TOLD))
      await sql`alter table alert_transitions add column ${sql.ref(name)} ${sql.raw(type)}`.execute(db);
    for (const name of ['model', 'monitor', 'kind', 'metric', 'column', 'segment', 'version'])
      await sql`update alert_transitions set ${sql.ref(name)} =
        coalesce((select ${sql.ref(`alerts.${name}`)} from alerts where id = alert), '')`.execute(db);
    await sql`update alert_transitions set since = time, severity =
      coalesce((select severity from monitors where id = monitor), 'ticket')`.execute(db);
  },
};
