import { readFile } from 'node:fs/promises';
import type { Lake } from '../lake.ts';
import { byMonth } from './0003_by_month.ts';
import { ranked } from './0019_ranked.ts';

export interface Migration {
  /** File name without its ending: `0001_tables`. They run in the order of this list. */
  readonly name: string;
  /** Statements joined by `;`, each a template of layout.ts that may be repeated. */
  readonly sql?: string;
  /** What statements alone cannot say so that it may be repeated, or die between any two of them. */
  up?(lake: Lake): Promise<void>;
  /** With `up`: the CREATE TABLE of each table as it is afterwards, for a table that is lost and made again. */
  readonly defines?: readonly string[];
}

/** Every migration, oldest first. What was released is never changed; a new one is a new file and a line here. */
const MIGRATIONS: readonly (string | Migration)[] = [
  '0001_tables',
  byMonth,
  '0004_signal_values',
  '0005_labelled',
  '0008_joined_outcomes',
  '0009_label_history',
  '0011_split',
  '0019_probabilities',
  ranked,
  '0022_telemetry',
  '0023_telemetry_ties',
  '0024_samples',
  '0025_stages',
  '0026_native_histograms',
  '0028_sent_profiles',
];

/** The migrations with their text. */
export function readMigrations(): Promise<Migration[]> {
  return Promise.all(
    MIGRATIONS.map(async (migration) =>
      typeof migration === 'string'
        ? { name: migration, sql: await readFile(new URL(`./${migration}.sql`, import.meta.url), 'utf8') }
        : migration,
    ),
  );
}
