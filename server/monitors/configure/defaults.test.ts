import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIds } from '../../ids.ts';
import { openLedger } from '../../store/ledger/open.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { KINDS } from '../kinds/index.ts';
import { defaultMonitors, monitorsOf } from './defaults.ts';

const clock = () => 1_795_168_800_000;
const ids = createIds(clock);
let dataDir: string;
let ledger: Kysely<Ledger>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-defaults-'));
  ledger = await openLedger({ dataDir, clock });
});
afterEach(async () => {
  await ledger.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

const ctx = () => ({ ledger, clock, ids });
const kindsOf = async (kinds = KINDS) => (await monitorsOf(ctx(), 'm', kinds)).map(({ kind }) => kind);

test('a model gets each default monitor once, and what was deleted does not come back', async () => {
  expect(await kindsOf()).toHaveLength(defaultMonitors().length);
  await ledger.deleteFrom('monitors').where('kind', '=', 'volume').execute();
  expect(await kindsOf()).not.toContain('volume');
  expect(await kindsOf()).toHaveLength(defaultMonitors().length - 1);
});

test('a kind that is new to the table reaches a model that exists already', async () => {
  const older = KINDS.filter(({ id }) => id !== 'range');
  await kindsOf(older);
  await ledger.deleteFrom('monitors').where('kind', '=', 'drift').execute();
  const now = await kindsOf();
  expect(now).toContain('range');
  expect(now).not.toContain('drift');
  expect(await kindsOf()).toEqual(now);
});

test('two servers that look at once make each default monitor once', async () => {
  await Promise.all([kindsOf(), kindsOf(), kindsOf()]);
  expect(await kindsOf()).toHaveLength(defaultMonitors().length);
});

test('a ledger of 0.1.0 keeps its monitors as they are, and what importance was learned from', async () => {
  await sql`drop table importance`.execute(ledger);
  await sql`delete from migrations where name = '0010-importance'`.execute(ledger);
  const settings = [
    { key: 'monitors/m', value: '{"created_at":1}' },
    { key: 'importance/m', value: '{"at":7,"rows":300}' },
    { key: 'other', value: '1' },
  ];
  await ledger.insertInto('settings').values(settings).execute();
  await ledger.destroy();
  ledger = await openLedger({ dataDir, clock });
  // Whoever had deleted all of them has none now, but of kinds that are newer.
  const newer = [
    'label_coverage',
    ...['calibration_drift', 'confidence_drift', 'business'],
    ...['estimated_performance', 'estimate_error', 'concept_drift', 'fairness'],
  ];
  expect((await kindsOf()).filter((kind) => !newer.includes(kind))).toEqual([]);
  expect(await ledger.selectFrom('importance').selectAll().execute()).toEqual([
    { model: 'm', tried_at: 7, rows: 300, predictions: 300 },
  ]);
  expect(await ledger.selectFrom('settings').select('key').execute()).toEqual([{ key: 'other' }]);
});
