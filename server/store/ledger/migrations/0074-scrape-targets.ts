import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  scrape_targets: {
    columns: {
      id: 'text key',
      job: 'text',
      url: 'text',
      labels: 'text',
      interval_ms: 'bigint',
      state: 'text',
      since: 'bigint',
      last_at: 'bigint ?',
      duration_ms: 'bigint',
      samples: 'bigint',
      refused: 'bigint',
      code: 'text ?',
      message: 'text ?',
    },
    index: [['job', 'url']],
  },
};

/** What is scraped, and how the last scrape of each target went. */
export const scrapeTargets: Migration = {
  name: '0074-scrape-targets',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
