import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type SelectModifierNode,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
} from 'kysely';
import { around, translated } from './around.ts';
import { Turn, Turns } from './turn.ts';
import { type WriteAheadLog, writeAheadLog } from './write-ahead-log.ts';

const BUSY_WAIT_MS = 30_000;

/**
 * Kysely on Node's own SQLite: one connection, which Kysely's mutex hands to one transaction at a time. Inside
 * `transaction().execute(trx => …)` use only `trx`: the outer handle waits for the transaction to end.
 * A change is acknowledged when it is on the disk, and survives a power cut: not SQLite itself waits for the disk, which would
 * stop the event loop for as long (tens of milliseconds beside inserts, seconds on a disk in need), but `log` does, behind each
 * commit, for all who commit meanwhile. Others may see a change in these milliseconds; what they make of it is written behind it,
 * so never without it.
 */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #open: () => Opened;
  readonly #log: WriteAheadLog;

  constructor(file: string, clock: () => number, log: WriteAheadLog = writeAheadLog(file)) {
    const opens = () => open(file, clock);
    super({ database: async () => opens() });
    this.#open = opens;
    this.#log = log;
  }

  override createDriver(): Driver {
    return translated(around(new ImmediateDriver(this.#open, this.#log), waitWhileBusy));
  }

  /** Kysely would hand its one connection on only when what was committed is on the disk. */
  override createAdapter(): SqliteAdapter {
    return new SharedAdapter();
  }

  override createQueryCompiler(): QueryCompiler {
    return new LocklessCompiler();
  }
}

class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

const LOCKS = new Set<string | undefined>(['ForUpdate', 'SkipLocked']);

/** `for update` says nothing here: a transaction has the whole file from its beginning. */
class LocklessCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!LOCKS.has(node.modifier)) super.visitSelectModifier(node);
  }
}

/** `begin immediate` takes the write lock at once, so that only a beginning can find the file busy. */
class ImmediateDriver extends SqliteDriver {
  readonly #turns = new Turns();
  readonly #log: WriteAheadLog;
  readonly #inTransaction: () => boolean;

  constructor(open: () => Opened, log: WriteAheadLog) {
    let database: Opened | undefined;
    super({
      database: async () => {
        database = open();
        return database;
      },
    });
    this.#inTransaction = () => database!.inTransaction();
    this.#log = log;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const [inTransaction, log] = [this.#inTransaction, this.#log];
    const turn = new Turn(await super.acquireConnection(), { turns: this.#turns, inTransaction, log });
    await turn.begin();
    return turn;
  }

  override async releaseConnection(connection?: DatabaseConnection): Promise<void> {
    (connection as Turn | undefined)?.end();
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.#log.close();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite has rolled back by itself when the disk is full; rolling back again would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!/no transaction is active/.test((error as Error).message)) throw error;
    }
  }
}

/** SQLite's own busy_timeout would stop the event loop, and with it the holder of the lock if that is ours. */
async function waitWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let waited = 0, pause = 1; ; waited += pause, pause = Math.min(pause * 2, 100)) {
    try {
      return await work();
    } catch (error) {
      const busy = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
      if ((busy !== 5 && busy !== 6) || waited >= BUSY_WAIT_MS) throw error;
      await sleep(pause);
    }
  }
}

interface Opened extends SqliteDatabase {
  inTransaction(): boolean;
}

/** The part of better-sqlite3's interface that Kysely's driver uses, over node:sqlite. */
function open(file: string, clock: () => number): Opened {
  const db = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: true });
  try {
    db.function('ledger_now', () => BigInt(Math.floor(clock())));
    db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma journal_size_limit = 67108864;');
    // What is removed is gone from the file, not only free: names of people may be in it.
    db.exec('pragma secure_delete = on;');
  } catch (error) {
    db.close();
    throw error;
  }
  const bound = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  const prepared = statements(db);
  return {
    close: () => db.close(),
    inTransaction: () => db.isTransaction,
    prepare(sql) {
      const { statement, reader } = prepared(sql);
      return {
        reader,
        all: (parameters) => statement.all(...bound(parameters)),
        run: (parameters) => statement.run(...bound(parameters)),
        // rows are taken one by one while others ask the same, so this one is nobody else's
        iterate: (parameters) => db.prepare(sql).iterate(...bound(parameters)),
      };
    },
  };
}

/** Statements that are kept: to read one anew takes longer than to run it. */
const KEPT = 300;

function statements(db: DatabaseSync): (sql: string) => { statement: StatementSync; reader: boolean } {
  const kept = new Map<string, { statement: StatementSync; reader: boolean }>();
  return (sql) => {
    let found = kept.get(sql);
    if (found === undefined) {
      const statement = db.prepare(sql);
      found = { statement, reader: statement.columns().length > 0 };
    }
    // the one that was used last is at the end
    kept.delete(sql);
    kept.set(sql, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return found;
  };
}
