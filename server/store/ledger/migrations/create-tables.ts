import type { ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';
import type { LedgerDialect } from '../migrate.ts';

export interface Table {
  /** By name: a type, then `key` (primary key) or `?` (may be null); `serial` counts by itself. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly index?: readonly (readonly string[])[];
}

export type Tables = Readonly<Record<string, Table>>;

/** Makes tables with their keys and indexes. Example: `{ cursor: { columns: { id: 'bigint key', seq: 'bigint' } } }` */
export async function createTables(db: Kysely<never>, dialect: LedgerDialect, tables: Tables): Promise<void> {
  for (const [name, table] of Object.entries(tables)) {
    let create: CreateTableBuilder<string, string> = db.schema.createTable(name);
    for (const [column, type] of Object.entries(table.columns))
      create = addColumn(create, column, type, dialect);
    if (table.key) create = create.addPrimaryKeyConstraint(`${name}_key`, [...table.key]);
    for (const unique of table.unique ?? []) {
      create = create.addUniqueConstraint(`${name}_${unique.join('_')}_unique`, [...unique]);
    }
    await create.execute();
    for (const index of table.index ?? []) {
      await db.schema
        .createIndex(`${name}_${index.join('_')}_index`)
        .on(name)
        .columns([...index])
        .execute();
    }
  }
}

function addColumn(
  create: CreateTableBuilder<string, string>,
  name: string,
  type: string,
  dialect: LedgerDialect,
): CreateTableBuilder<string, string> {
  if (type === 'serial') {
    return dialect === 'sqlite'
      ? create.addColumn(name, 'integer', (column) => column.primaryKey().autoIncrement())
      : create.addColumn(name, 'bigserial', (column) => column.primaryKey());
  }
  const plain = type.replace(/ (key|\?)$/, '') as ColumnDataType;
  return create.addColumn(name, plain, (column) => {
    if (type.endsWith(' ?')) return column;
    return type.endsWith(' key') ? column.primaryKey().notNull() : column.notNull();
  });
}
