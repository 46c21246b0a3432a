import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { appendDecisions, type NewDecision, readDecisions } from './decision-log.ts';

const clock = () => 1_795_168_800_000;
const line = (alert: string, change: Partial<NewDecision> = {}): NewDecision => ({
  ...{
    alert,
    model: 'm',
    monitor: 'o',
    kind: 'drift',
    metric: 'psi',
    column: 'age',
    segment: '',
    version: '',
  },
  ...{
    severity: 'ticket',
    from: 'ok',
    to: 'pending',
    reason: 'above_threshold',
    time: 20,
    at: 30,
    since: 10,
  },
  ...{ peak: null, reachMs: 5, correction: false },
  ...change,
});
const peak = { value: 1, low: 0, high: 2, n: 3, window: 1, threshold: 0.5, baseline: 0, reason: 'r' };

function contract(open: () => Promise<() => Promise<Kysely<Ledger>>>): void {
  const opened: Kysely<Ledger>[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((ledger) => ledger.destroy())));
  const servers = async (count: number) => {
    const server = await open();
    for (let i = 0; i < count; i++) opened.push(await server());
    return opened;
  };

  test('lines are read back whole, in order, after a cursor', async () => {
    const [ledger] = await servers(1);
    const lines = [
      line('a', { from: null }),
      line('b', { from: 'pending', to: 'firing', severity: 'page', peak }),
      line('c', { from: 'firing', to: 'resolved', reason: 'corrected', peak, correction: true }),
    ];
    await ledger!.transaction().execute((trx) => appendDecisions(trx, lines.slice(0, 2)));
    await ledger!.transaction().execute((trx) => appendDecisions(trx, lines.slice(2)));
    const stored = lines.map((each, i) => ({ ...each, seq: i + 1 }));
    expect(await readDecisions({ ledger: ledger! }, 0, 10)).toEqual(stored);
    expect(await readDecisions({ ledger: ledger! }, 1, 1)).toEqual([stored[1]]);
    expect(await readDecisions({ ledger: ledger! }, 3, 10)).toEqual([]);
  });

  test('a reader with a cursor skips no line of servers that write at the same time, nor reads one twice', async () => {
    const [reader, ...writers] = await servers(4);
    const rounds = 25;
    let writing = writers.length;
    const write = async (ledger: Kysely<Ledger>, server: number) => {
      for (let round = 0; round < rounds; round++) {
        const alert = `${server}-${round}`;
        const some = Array.from({ length: 1 + ((round + server) % 4) }, () => line(alert));
        const run = ledger.transaction().execute(async (trx) => {
          await appendDecisions(trx, some);
          // The transaction goes on after the lines got their place: others must not become visible before it ends.
          for (let i = 0; i < 3; i++) await trx.selectFrom('alerts').select('id').execute();
          if (round % 7 === 3) throw new Error('given up');
        });
        await run.catch(() => {});
      }
      writing -= 1;
    };
    const seen: string[] = [];
    let cursor = 0;
    const read = async () => {
      for (let end = false; ; ) {
        const lines = await readDecisions({ ledger: reader! }, cursor, 10);
        if (lines.length === 0 && end) return;
        end = writing === 0;
        for (const { alert } of lines) seen.push(alert);
        cursor = lines.at(-1)?.seq ?? cursor;
        if (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all([read(), ...writers.map(write)]);
    const stored = await readDecisions({ ledger: reader! }, 0, 1_000);
    expect(stored.length).toBeGreaterThan(150);
    expect(seen).toEqual(stored.map(({ alert }) => alert));
    expect(stored.some(({ alert }) => alert.endsWith('-3'))).toBe(false);
  });
}

describe('SQLite', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  contract(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-decisions-'));
    folders.push(dataDir);
    // one process, one connection: all servers are the same
    const ledger = openLedger({ dataDir, clock });
    return () => ledger;
  });
});

describe('PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  contract(async () => {
    const ledgerUrl = await postgres.createDatabase();
    return () => openLedger({ dataDir: '/nowhere', ledgerUrl, clock });
  });
});
