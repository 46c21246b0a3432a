import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type Ctx, SYSTEM } from '../../context.ts';
import { openLedger } from '../../store/ledger/open.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { TEST_VAULT } from '../../vault.testing.ts';
import type { Marks } from '../server-row.ts';
import { createServers, type Servers } from '../servers.ts';

/** A ledger of its own with clocks that a test moves, and servers on it. */
export interface JobsWorld {
  /** The wall clock. */
  now: number;
  /** The clock that nobody sets. */
  elapsed: number;
  readonly ctx: Ctx;
  /** What was logged as a warning or an error. */
  readonly told: string[];
  /** A server of this name that has joined, and is heard of when the test says so. */
  server(id: string, marks?: Marks): Promise<Servers>;
  /** The same, where no other process uses the ledger. */
  alone(id: string, marks?: Marks): Promise<Servers>;
  /** So much time passes on the ledger's clock, in which only these servers are heard of. */
  sleep(ms: number, ...heard: Servers[]): Promise<void>;
  close(): Promise<void>;
}

/** SQLite in a temporary folder, or the PostgreSQL at `ledgerUrl`. */
export async function createJobsWorld(ledgerUrl?: string): Promise<JobsWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-jobs-'));
  const told: string[] = [];
  const servers: Servers[] = [];
  const world = { now: 1_795_168_800_000, elapsed: 0, told } as {
    -readonly [K in keyof JobsWorld]: JobsWorld[K];
  };
  const clock = () => world.now;
  const ledger: Kysely<Ledger> = await openLedger({ dataDir, ledgerUrl, clock });
  const tell = (_: object, message: string) => void told.push(message);
  const log = { debug() {}, info() {}, warn: tell, error: tell };
  const settings = { address: 'http://127.0.0.1', startedAt: 0 };
  const monotonic = () => world.elapsed;
  const ctx = {
    ledger,
    clock,
    monotonic,
    turn: async () => {},
    actor: SYSTEM,
    vault: TEST_VAULT,
    log,
    settings,
  } as unknown as Ctx;
  const enter = async (id: string, marks: Marks = { mark: clock, raise() {} }, alone = false) => {
    const made = createServers(ctx, { id, marks, alone });
    servers.push(made);
    await made.join();
    return made;
  };
  return Object.assign(world, {
    ctx,
    server: (id: string, marks?: Marks) => enter(id, marks),
    alone: (id: string, marks?: Marks) => enter(id, marks, true),
    async sleep(ms: number, ...heard: Servers[]) {
      // PostgreSQL has a clock of its own, which no test moves: there the rows age.
      if (ledgerUrl === undefined) world.now += ms;
      else
        await ledger
          .updateTable('servers')
          .set((eb) => ({ expires_at: eb('expires_at', '-', ms) }))
          .execute();
      for (const server of heard) await server.publish();
    },
    async close() {
      await Promise.all(servers.map((server) => server.leave()));
      await ledger.destroy();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
}
