import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  scrape_problems: { columns: { place: 'bigint key', job: 'text', message: 'text' } },
};

/** What is wrong with where targets of scrapes are found. */
export const scrapeProblems: Migration = {
  name: '0075-scrape-problems',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
