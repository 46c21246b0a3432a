import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  drills: {
    columns: {
      id: 'text key',
      created_at: 'bigint',
      created_by: 'text',
      version: 'text',
      about: 'text',
      model: 'text ?',
      rows: 'bigint',
      figures: 'text',
      outcomes: 'text',
    },
    index: [['created_at'], ['model', 'id']],
  },
};

/** Drills that people keep: what was planted, and what was told of it. */
export const drills: Migration = {
  name: '0066-drills',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
