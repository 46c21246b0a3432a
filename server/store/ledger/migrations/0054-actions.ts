import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  actions: {
    columns: {
      id: 'text key',
      name: 'text',
      kind: 'text',
      options: 'text',
      enabled: 'bigint',
      due_when: 'text',
      cooldown_minutes: 'bigint',
      per_day: 'bigint',
      approval: 'text ?',
      created_at: 'bigint',
      updated_at: 'bigint',
    },
    unique: [['name']],
  },
  action_runs: {
    columns: {
      id: 'text key',
      action: 'text',
      name: 'text',
      kind: 'text',
      model: 'text',
      incident: 'text ?',
      once: 'text',
      because: 'text',
      state: 'text',
      task: 'text',
      people: 'text',
      asked_at: 'bigint',
      expires_at: 'bigint ?',
      decided_at: 'bigint ?',
      decided_by: 'text ?',
      comment: 'text ?',
      attempts: 'bigint',
      next_at: 'bigint',
      claimed_until: 'bigint',
      begun_at: 'bigint ?',
      reference: 'text ?',
      url: 'text ?',
      outcome: 'text ?',
      outcome_due_at: 'bigint ?',
    },
    unique: [['action', 'model', 'once']],
    index: [['model', 'id'], ['incident'], ['state', 'next_at'], ['outcome_due_at'], ['action', 'asked_at']],
  },
  action_tries: {
    columns: { seq: 'serial', run: 'text', at: 'bigint', took_ms: 'bigint', said: 'text' },
    index: [['run']],
  },
};

/** What is done about a model, each time that it was due, and every try. */
export const actions: Migration = {
  name: '0054-actions',
  up: (db, dialect) => createTables(db, dialect, TABLES),
};
