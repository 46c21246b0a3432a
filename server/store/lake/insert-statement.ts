import { identifier } from '../../../tables/identifier.ts';
import type { InsertBatch } from './lake.ts';

/** `INSERT INTO t (a, b) SELECT a, f(b) FROM <source>`: the one insert statement, whatever the bytes come from. */
export function insertStatement(batch: Pick<InsertBatch, 'table' | 'columns'>, source: string): string {
  const names = batch.columns.map((column) => identifier(column.name)).join(', ');
  const expressions = batch.columns.map((column) => column.select ?? identifier(column.name)).join(', ');
  return `INSERT INTO ${batch.table} (${names}) SELECT ${expressions} FROM ${source}`;
}
