import { DATABASE, layOut, rowsTable } from '../layout.ts';
import type { Migration } from './index.ts';

/** Predictions may be lists of items: each table of a model gets the column for them. */
export const ranked: Migration = {
  name: '0019_ranked',
  defines: [],
  async up(lake) {
    const tables = await lake.query<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = {database:String} AND startsWith(name, 'predictions_')",
      { database: DATABASE },
    );
    const names = new Set(tables.map(({ name }) => name));
    const rows = new Set(
      [...names].map((name) => rowsTable(name, lake)).filter((name) => lake.cluster && names.has(name)),
    );
    for (const name of names) {
      if (rows.has(name)) continue;
      const template = `ALTER TABLE {table:${name}} ADD COLUMN IF NOT EXISTS _ranked Map(String, Float64)`;
      for (const statement of layOut(template, lake)) await lake.command(statement);
    }
  },
};
