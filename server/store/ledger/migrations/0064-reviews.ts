import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  review_items: {
    columns: {
      id: 'text key',
      model: 'text',
      prediction: 'text',
      time: 'bigint',
      reason: 'text',
      value: 'double precision ?',
      columns: 'text',
      stratum: 'text',
      weight: 'double precision ?',
      created_at: 'bigint',
      state: 'text',
      wanted: 'bigint',
      finished_at: 'bigint ?',
    },
    unique: [['model', 'prediction', 'reason']],
    index: [['model', 'state', 'id'], ['model', 'created_at'], ['model', 'finished_at'], ['created_at']],
  },
  review_turns: {
    columns: {
      item: 'text',
      reviewer: 'text',
      state: 'text',
      at: 'bigint',
      until: 'bigint ?',
    },
    key: ['item', 'reviewer'],
    index: [['reviewer', 'at']],
  },
  review_fills: { columns: { model: 'text key', filled_to: 'bigint' } },
};

/** Predictions that people should look at, who has, and how far each model was looked through. */
export const reviews: Migration = {
  name: '0064-reviews',
  async up(db, dialect) {
    await sql`alter table models add column review text`.execute(db);
    await createTables(db, dialect, TABLES);
  },
};
