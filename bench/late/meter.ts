import { readdirSync, readFileSync } from 'node:fs';
import { StatementSync } from 'node:sqlite';
import type { Ctx } from '../../server/context.ts';
import type { Lake } from '../../server/store/lake/lake.ts';

/** What was asked of the stores, and processor seconds: of the server without SQLite, of SQLite, of the lake's process. */
export interface Reading {
  readonly server: number;
  readonly ledger: number;
  readonly lake: number;
  readonly lakeStatements: number;
  readonly ledgerStatements: number;
}

export interface Meter {
  read(): Reading;
  /** Statements of the lake by what they are for, and, where they run apart, what its process took meanwhile. */
  purposes(): ReadonlyMap<string, { readonly n: number; readonly seconds: number }>;
}

/** What was read in between, of a model. */
export function perModel(before: Reading, after: Reading, models: number): Reading {
  const of = (name: keyof Reading) => (after[name] - before[name]) / models;
  return {
    ...{ server: of('server'), ledger: of('ledger'), lake: of('lake') },
    ...{ lakeStatements: of('lakeStatements'), ledgerStatements: of('ledgerStatements') },
  };
}

/** Counts what this process asks of its stores from now on. `apart`: statements of the lake one after another. */
export function meterOf({ lake }: Pick<Ctx, 'lake'>, lakePid: number, apart: boolean): Meter {
  const found = { lakeStatements: 0, ledgerStatements: 0, ledger: 0 };
  const purposes = new Map<string, { n: number; seconds: number }>();
  let tail: Promise<unknown> = Promise.resolve();
  const watched =
    <Args extends unknown[], Answer>(of: (...args: Args) => Promise<Answer>, text: (of: Args[0]) => string) =>
    (...args: Args): Promise<Answer> => {
      const purpose = purposeOf(text(args[0]));
      const own = purposes.get(purpose) ?? { n: 0, seconds: 0 };
      purposes.set(purpose, own);
      found.lakeStatements++;
      own.n++;
      if (!apart) return of(...args);
      const turn = tail.then(async () => {
        const before = threadSeconds(lakePid);
        try {
          return await of(...args);
        } finally {
          own.seconds += threadSeconds(lakePid) - before;
        }
      });
      tail = turn.catch(() => {});
      return turn;
    };
  const own: Pick<Lake, 'query' | 'command' | 'insert'> = {
    query: watched(lake.query.bind(lake), String) as Lake['query'],
    command: watched(lake.command.bind(lake), String),
    insert: watched(lake.insert.bind(lake), ({ table }) => table),
  };
  Object.assign(lake, own);
  watchSqlite((seconds) => {
    found.ledgerStatements++;
    found.ledger += seconds;
  });
  return {
    read() {
      const { user, system } = process.cpuUsage();
      return { ...found, server: (user + system) / 1e6 - found.ledger, lake: threadSeconds(lakePid) };
    },
    purposes: () => purposes,
  };
}

function watchSqlite(note: (seconds: number) => void): void {
  for (const name of ['all', 'run', 'get'] as const) {
    const of = StatementSync.prototype[name] as (this: StatementSync, ...args: unknown[]) => unknown;
    function watched(this: StatementSync, ...args: unknown[]) {
      const before = process.threadCpuUsage();
      try {
        return of.apply(this, args);
      } finally {
        const { user, system } = process.threadCpuUsage(before);
        note((user + system) / 1e6);
      }
    }
    Object.assign(StatementSync.prototype, { [name]: watched });
  }
}

/** By the tables that a statement names. */
function purposeOf(sql: string): string {
  if (/tiltmeter\.`?label/.test(sql)) return 'labels joined and counted';
  if (/tiltmeter\.signal/.test(sql)) return 'values stored';
  if (/groupArray\(_id\)|\{width:/.test(sql)) return 'ids of predictions';
  if (/tiltmeter\.`?(predictions_|outcomes|sent_)|emptied/.test(sql)) return 'predictions rolled up';
  return sql === 'tiltmeter.profiles' ? 'predictions rolled up' : 'profiles read by judges and pages';
}

/** Processor seconds of all threads of a process, to the nanosecond. */
function threadSeconds(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // it has ended meanwhile
    }
  }
  return sum / 1e9;
}

/** The process of the lake: the only child of this one. */
export function lakeProcess(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}
