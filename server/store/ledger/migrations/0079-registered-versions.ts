import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  registered_versions: {
    columns: {
      model: 'text',
      version: 'text',
      registry: 'text',
      name: 'text',
      told: 'text',
      seen_at: 'bigint',
    },
    key: ['model', 'version'],
  },
};

/** Versions of models as a registry has them. */
export const registeredVersions: Migration = {
  name: '0079-registered-versions',
  up: (db, dialect) => createTables(db, dialect, TABLES),
};
