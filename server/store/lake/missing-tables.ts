import { TiltmeterError } from '../../../contract/errors.ts';
import { identifier } from '../../../tables/identifier.ts';
import type { Log } from '../../log.ts';
import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { DATABASE, layOut } from './layout.ts';
import { readMigrations } from './migrations/index.ts';
import { splitStatements } from './statement.ts';

/** Makes a table of this bare name, empty, with all its columns; false when it is none of its own. */
export type MakeTable = (lake: Lake, table: string) => Promise<boolean>;

/** A table that was gone. */
export interface RemadeTable {
  readonly table: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface LakeWithTables extends Lake {
  /** Tables that were gone and were made again, empty, since the start; the newest last. */
  remade(): readonly RemadeTable[];
}

export interface MissingTablesOptions {
  readonly makers: readonly MakeTable[];
  /** Told of a table that was made again, before anything is read from it. */
  readonly onRemade?: (table: string) => Promise<void>;
  readonly log: Log;
  readonly clock: () => number;
}

/**
 * A lake in which a table that somebody dropped is made again, empty, when a statement misses it; the statement is then
 * repeated. What was in the table is lost and the log says so; what comes from then on is stored. A table that cannot be
 * made rejects with table_missing, one that nobody knows as before.
 */
export function withMissingTables(
  lake: Lake,
  { makers, onRemade, log, clock }: MissingTablesOptions,
): LakeWithTables {
  const making = new Map<string, Promise<boolean>>();
  const remade: RemadeTable[] = [];

  async function make(table: string, cause: unknown): Promise<boolean> {
    try {
      for (const maker of makers) {
        if (!(await maker(lake, table))) continue;
        remade.push({ table, at: clock() });
        await onRemade?.(table);
        log.error(
          { table },
          'a table of the lake was gone and was made again, empty: what was in it has to come from a backup',
        );
        return true;
      }
      return false;
    } catch (error) {
      log.error({ table, err: error }, 'a table of the lake is missing and could not be made again');
      throw new TiltmeterError('table_missing', `The table ${DATABASE}.${table} of the lake is missing`, {
        cause: error ?? cause,
        retryAfter: 10,
      });
    }
  }

  async function repeated<Result>(statement: () => Promise<Result>): Promise<Result> {
    for (let missed: string | undefined; ; ) {
      try {
        return await statement();
      } catch (error) {
        const table = missingTable(error, lake);
        // the same one missed twice in a row: it is not what the statement lacks
        if (table === undefined || table === missed) throw error;
        missed = table;
        let made = making.get(table);
        if (made === undefined) {
          made = make(table, error).finally(() => making.delete(table));
          making.set(table, made);
        }
        if (!(await made)) throw error;
      }
    }
  }

  return {
    cluster: lake.cluster,
    query: (...statement) => repeated(() => lake.query(...statement)),
    command: (...statement) => repeated(() => lake.command(...statement)),
    insert: (...statement) => repeated(() => lake.insert(...statement)),
    close: () => lake.close(),
    remade: () => remade,
  };
}

/** The bare name, as statements name it, of the table that an error says is not there. */
function missingTable(error: unknown, { cluster }: Lake): string | undefined {
  if (engineCode(error) !== UNKNOWN_TABLE) return undefined;
  const words = ((error as TiltmeterError).cause as Error).message;
  const name = new RegExp(`\\b${DATABASE}\\.\`?(\\w+)`).exec(words)?.[1];
  return cluster === undefined ? name : name?.replace(/_local$/, '');
}

/** Makes one of the tables that all models share. */
export const makeSharedTable: MakeTable = async (lake, table) => {
  const statements = definitionOf(
    (await readMigrations()).flatMap(({ sql = '', defines = [] }) => [...splitStatements(sql), ...defines]),
    table,
  );
  for (const statement of statements.flatMap((template) => layOut(template, lake)))
    await lake.command(statement);
  return statements.length > 0;
};

/**
 * Asks the tables that all models share for nothing, so that one that was dropped is made again, and told, though nobody
 * asked it anything. Reads names of tables only.
 */
export async function askSharedTables(lake: Lake): Promise<void> {
  const rows = await lake.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = {database:String}',
    { database: DATABASE },
  );
  const there = new Set(rows.map(({ name }) => name));
  for (const table of await sharedTables())
    if (!there.has(table)) await lake.query(`SELECT 1 FROM ${DATABASE}.${identifier(table)} LIMIT 0`);
}

let shared: Promise<readonly string[]> | undefined;

/** Names of the tables that all models share. */
function sharedTables(): Promise<readonly string[]> {
  shared ??= readMigrations().then((migrations) => {
    const made = migrations.flatMap(({ sql = '', defines = [] }) => [...splitStatements(sql), ...defines]);
    return [...new Set(made.flatMap((statement) => MADE.exec(statement)?.[1] ?? []))];
  });
  return shared;
}

const MADE = /^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\{table:(\w+)\}/i;

/**
 * Of all statements of the migrations those that make a table as it is now: its last CREATE TABLE and the ALTER TABLE after
 * it. `definitionOf(['CREATE TABLE IF NOT EXISTS {table:a} …', 'ALTER TABLE {table:b} …'], 'a')` → the first
 */
export function definitionOf(statements: readonly string[], table: string): string[] {
  const own = statements.filter((statement) =>
    new RegExp(
      `^\\s*(CREATE|ALTER)\\s+TABLE\\s+(IF\\s+NOT\\s+EXISTS\\s+)?\\{(table|rows):${table}\\}`,
      'i',
    ).test(statement),
  );
  const last = own.findLastIndex((statement) => /^\s*CREATE\b/i.test(statement));
  return last < 0 ? [] : own.slice(last);
}
