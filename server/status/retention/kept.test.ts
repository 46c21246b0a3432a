import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely, KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UNTOUCHED } from '../../incidents/life/untouched.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { openLedger } from '../../store/ledger/open.ts';
import type { IncidentRow, Ledger, OutboxRow } from '../../store/ledger/schema.ts';
import { testLedger } from '../../store/ledger/testing/test-ledger.ts';
import { KEPT } from './kept.ts';

const BEFORE = 1_000_000;
let dataDir: string;
let ledger: Kysely<Ledger>;
/** Rows that each statement changed. */
let pieces: number[];
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-kept-'));
  const ledgerUrl = await testLedger(dataDir);
  ledger = await openLedger({ dataDir, clock: () => BEFORE, ...(ledgerUrl && { ledgerUrl }) });
  pieces = [];
});
afterEach(async () => {
  await ledger.destroy();
  rmSync(dataDir, { recursive: true });
});

const counting: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    pieces.push(Number(result.numAffectedRows ?? 0));
    return result;
  },
};

const drop = (name: string) =>
  KEPT.find((kept) => kept.name === name)!.drop(
    { ledger: ledger.withPlugin(counting), lake: undefined as unknown as Lake },
    BEFORE,
  );

/** So many rows in statements that both ledgers take. */
async function insert<T extends 'silences' | 'quarantines' | 'escalated' | 'outbox'>(
  table: T,
  rows: readonly Ledger[T][],
): Promise<void> {
  for (let i = 0; i < rows.length; i += 1_000)
    await ledger
      .insertInto(table)
      .values(rows.slice(i, i + 1_000) as never)
      .execute();
}
const many = <T>(row: (i: number) => T) => Array.from({ length: 4_500 }, (_, i) => row(i));

test('silences that are over go in pieces; one that holds or is to come stays', async () => {
  const silence = (id: string, ends_at: number) => ({
    ...{ id, kind: 'silence' as const, matchers: '[]', starts_at: 0, ends_at, hours: null },
    ...{ comment: 'backfill', created_by: 'x', created_at: 0 },
  });
  await insert('silences', [...many((i) => silence(`old${i}`, BEFORE - 1)), silence('holds', BEFORE)]);
  expect(await drop('silences')).toBe(4_500);
  expect(Math.max(...pieces)).toBe(2_000);
  expect(await ledger.selectFrom('silences').select('id').execute()).toEqual([{ id: 'holds' }]);
});

test('flags that were ended, or ended by themselves, go in pieces; what stands stays', async () => {
  const flag = (id: string, until: number | null, ended_at: number | null) => ({
    ...{ id, model: 'm', flag_of: 'model' as const, name: '', reason: 'r', since: 0, until, ended_at },
    ...{ set_by: 'x', incident: null, ended_by: null },
  });
  await insert('quarantines', [
    ...many((i) => (i % 2 === 0 ? flag(`old${i}`, null, BEFORE - 1) : flag(`old${i}`, BEFORE - 1, null))),
    flag('ended since', 5, BEFORE),
    flag('stands', null, null),
    flag('stands until', BEFORE + 1, null),
  ]);
  expect(await drop('quarantines')).toBe(4_500);
  expect(Math.max(...pieces)).toBe(2_000);
  const left = await ledger.selectFrom('quarantines').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(['ended since', 'stands', 'stands until']);
});

test('messages and steps of an escalation go in pieces, once the incident that they tell of is over', async () => {
  const incident = (id: string, status: IncidentRow['status']): IncidentRow => ({
    ...{ id, model: 'm', grouped_by: id, episode: 1, status, priority: 'P1', title: 't' },
    ...{ started_at: 0, last_at: 0, opened_at: 0, resolved_at: null, resolved_by: null, going_to: null },
    ...{
      ...UNTOUCHED,
      waiting_since: 0,
      withdrawn: 0,
      ended: null,
      causes: '[]',
      diagnosed: 0,
      losses: '[]',
      priced_at: 0,
      priced_as: '',
    },
    updated_at: 0,
  });
  await ledger
    .insertInto('incidents')
    .values([incident('over', 'resolved'), incident('goes on', 'acknowledged')])
    .execute();
  const step = (incident: string, i: number) => ({ incident, waiting_since: 0, step: i, at: 0 });
  const message = (incident: string, i: number, state: OutboxRow['state']) => ({
    ...{ id: `${incident}${i}${state}`, channel: 'c', incident, sequence: i, episode: 1 },
    ...{ event: 'opened' as const, raised_to: `${i}${state}`, payload: '{}', state, attempts: 1, next_at: 0 },
    ...{ held_until: 0, claim: 0, claimed_until: 0, last_error: null, created_at: 0, delivered_at: 0 },
  });
  await insert('escalated', [...many((i) => step('over', i)), step('goes on', 0)]);
  await insert('outbox', [
    ...many((i) => message('over', i, 'delivered')),
    message('over', 4_500, 'waiting'),
    message('goes on', 1, 'delivered'),
  ]);
  expect(await drop('messages')).toBe(9_000);
  expect(Math.max(...pieces)).toBe(2_000);
  expect(await ledger.selectFrom('escalated').select('incident').execute()).toEqual([
    { incident: 'goes on' },
  ]);
  const left = await ledger.selectFrom('outbox').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(['goes on1delivered', 'over4500waiting']);
});

test('the page for operators tells of everything that is kept, and for how long', () => {
  const [, table = ''] = readFileSync('docs/operating.md', 'utf8').split('## Retention');
  const lines = table.split('\n').filter((line) => line.startsWith('| `'));
  for (const { name, days } of KEPT) {
    const line = lines.find((each) => each.split('|')[1]!.includes(`\`${name}\``));
    expect([name, line?.split('|')[2]]).toEqual([
      name,
      expect.stringContaining(days === null ? 'for ever' : `${days} days`),
    ]);
  }
});
