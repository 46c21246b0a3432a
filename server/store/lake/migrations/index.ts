import { readFile } from 'node:fs/promises';

export interface Migration {
  /** File name without `.sql`: `0001_tables`. They run in the order of this list. */
  readonly name: string;
  /** Statements joined by `;`, each a template of layout.ts that may be repeated. */
  readonly sql: string;
}

/** Every migration, oldest first. What was released is never changed; a new one is a new file and a line here. */
const NAMES = ['0001_tables'] as const;

/** The migrations with their text. */
export function readMigrations(): Promise<Migration[]> {
  return Promise.all(
    NAMES.map(async (name) => ({
      name,
      sql: await readFile(new URL(`./${name}.sql`, import.meta.url), 'utf8'),
    })),
  );
}
