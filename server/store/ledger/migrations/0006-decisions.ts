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
      succeeded_at: 'bigint',
      failure: 'text ?',
    },
  },
  monitor_defaults: { columns: { model: 'text', name: 'text' }, key: ['model', 'name'] },
};

export const decisions: Migration = {
  name: '0006-decisions',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`insert into decision_head (id, seq)
      select 1, coalesce(max(seq), 0) from alert_transitions`.execute(db);
  },
};
