import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** What was found out about models, and what their history was judged as. */
const TABLES: Tables = {
  inferences: {
    columns: { model: 'text key', task: 'text ?', positive: 'text ?', positive_reference: 'text ?' },
  },
  judged_as: {
    columns: {
      model: 'text key',
      looked_at: 'bigint',
      task: 'text',
      positive: 'text ?',
      reference: 'text ?',
      reference_from: 'bigint ?',
      reference_before: 'text ?',
      again_to: 'bigint',
    },
  },
};

export const judgedAs: Migration = {
  name: '0015-judged-as',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await db.schema.alterTable('incidents').addColumn('resolved_by', 'text').execute();
    await db.schema.alterTable('incidents').addColumn('going_to', 'bigint').execute();
  },
};
