import { type Kysely, sql } from 'kysely';
import type { LedgerDialect, Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** As published: later changes are migrations of their own. */
const TABLES: Tables = {
  models: {
    columns: {
      id: 'text key',
      table_name: 'text',
      task: 'text',
      owner: 'text ?',
      description: 'text ?',
      tags: 'text',
      positive_label: 'text ?',
      bucket_ms: 'bigint',
      label_delay_ms: 'bigint',
      window_ms: 'bigint',
      retention_days: 'bigint ?',
      reference_id: 'text ?',
      importance: 'text ?',
      importance_source: 'text ?',
      rolled_up_to: 'bigint',
      evaluated_to: 'bigint',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    unique: [['table_name']],
  },
  columns: {
    columns: {
      model: 'text',
      name: 'text',
      type: 'text',
      position: 'bigint',
      declared: 'bigint',
      grid_center: 'double precision ?',
      grid_scale: 'double precision ?',
      safe: 'bigint',
      created_at: 'bigint',
    },
    key: ['model', 'name'],
  },
  references: {
    columns: {
      id: 'text key',
      model: 'text',
      name: 'text',
      kind: 'text',
      options: 'text',
      created_by: 'text',
      created_at: 'bigint',
    },
    unique: [['model', 'name']],
  },
  monitors: {
    columns: {
      id: 'text key',
      model: 'text',
      kind: 'text',
      options: 'text',
      severity: 'text',
      enabled: 'bigint',
      origin: 'text',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    index: [['model', 'kind']],
  },
  alerts: {
    columns: {
      id: 'text key',
      model: 'text',
      monitor: 'text',
      kind: 'text',
      metric: 'text',
      layer: 'text',
      column: 'text',
      segment: 'text',
      version: 'text',
      state: 'text',
      reason: 'text',
      since: 'bigint',
      memory: 'text',
      last_time: 'bigint',
      value: 'double precision ?',
      low: 'double precision ?',
      high: 'double precision ?',
      n: 'double precision ?',
      threshold: 'double precision ?',
      incident: 'text ?',
      updated_at: 'bigint',
    },
    unique: [['monitor', 'column', 'segment', 'version']],
    index: [['model', 'state'], ['state'], ['incident']],
  },
  alert_transitions: {
    columns: {
      seq: 'serial',
      alert: 'text',
      from_state: 'text ?',
      to_state: 'text',
      reason: 'text',
      time: 'bigint',
      at: 'bigint',
    },
    index: [['alert', 'seq']],
  },
  incidents: {
    columns: {
      id: 'text key',
      model: 'text',
      status: 'text',
      priority: 'text',
      title: 'text',
      started_at: 'bigint',
      last_at: 'bigint',
      opened_at: 'bigint',
      resolved_at: 'bigint ?',
      acknowledged_at: 'bigint ?',
      acknowledged_by: 'text ?',
      verdict: 'text ?',
      causes: 'text',
      updated_at: 'bigint',
    },
    index: [
      ['model', 'status'],
      ['status', 'opened_at'],
    ],
  },
  incident_alerts: {
    columns: { incident: 'text', alert: 'text', firing: 'bigint', since: 'bigint', peak: 'text' },
    key: ['incident', 'alert'],
    index: [['alert']],
  },
  incident_events: {
    columns: { seq: 'serial', incident: 'text', at: 'bigint', kind: 'text', actor: 'text', text: 'text' },
    index: [['incident', 'seq']],
  },
  channels: {
    columns: {
      id: 'text key',
      name: 'text',
      kind: 'text',
      options: 'text',
      enabled: 'bigint',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    unique: [['name']],
  },
  outbox: {
    columns: {
      id: 'text key',
      channel: 'text',
      incident: 'text',
      event: 'text',
      payload: 'text',
      state: 'text',
      attempts: 'bigint',
      next_at: 'bigint',
      last_error: 'text ?',
      created_at: 'bigint',
      delivered_at: 'bigint ?',
    },
    unique: [['channel', 'incident', 'event']],
    index: [['state', 'next_at'], ['incident']],
  },
  users: {
    columns: {
      id: 'text key',
      email: 'text',
      name: 'text',
      role: 'text',
      created_at: 'bigint',
      disabled_at: 'bigint ?',
    },
    unique: [['email']],
  },
  sessions: {
    columns: {
      hash: 'text key',
      user: 'text',
      created_at: 'bigint',
      expires_at: 'bigint',
      last_seen_at: 'bigint',
    },
    index: [['user'], ['expires_at']],
  },
  login_links: {
    columns: {
      hash: 'text key',
      user: 'text',
      created_at: 'bigint',
      expires_at: 'bigint',
      used_at: 'bigint ?',
    },
    index: [['user'], ['expires_at']],
  },
  keys: {
    columns: {
      id: 'text key',
      name: 'text',
      prefix: 'text',
      hash: 'text',
      scopes: 'text',
      created_by: 'text',
      created_at: 'bigint',
      expires_at: 'bigint ?',
      last_used_at: 'bigint ?',
      revoked_at: 'bigint ?',
    },
    unique: [['hash']],
  },
  audit: {
    columns: {
      seq: 'bigint key',
      at: 'bigint',
      actor: 'text',
      action: 'text',
      target: 'text',
      detail: 'text',
      previous_hash: 'text',
      hash: 'text',
    },
  },
  audit_head: { columns: { id: 'bigint key', seq: 'bigint', hash: 'text' } },
  idempotency: {
    columns: { id: 'text key', body_hash: 'text', receipt: 'text ?', created_at: 'bigint' },
    index: [['created_at']],
  },
  leases: { columns: { name: 'text key', holder: 'text', expires_at: 'bigint' } },
  settings: { columns: { key: 'text key', value: 'text' } },
};

export const tables: Migration = {
  name: '0001-tables',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`insert into audit_head (id, seq, hash) values (1, 0, '')`.execute(db);
    await appendOnly(db, dialect);
  },
};

/** The audit log takes new rows only; the database itself refuses to change or remove one. */
async function appendOnly(db: Kysely<never>, dialect: LedgerDialect): Promise<void> {
  if (dialect === 'sqlite') {
    for (const event of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`audit_no_${event}`)} before ${sql.raw(event)} on audit
        begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
    }
    return;
  }
  await sql`create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is append-only'; end $$`.execute(db);
  await sql`create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_append_only()`.execute(db);
}
