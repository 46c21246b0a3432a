import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addColumns, createModelTable, dropColumn, modelTableName } from './model-table.ts';
import { openLake } from './open.ts';

test.each([
  ['credit', 'predictions_credit'],
  ['credit-risk', 'predictions_credit_2drisk'],
  ['credit_risk', 'predictions_credit__risk'],
  ['v1.2', 'predictions_v1_2e2'],
])('%s is in %s', (model, table) => {
  expect(modelTableName(model)).toBe(table);
});

test('two models never share a table, and no name needs quotes', () => {
  const name = fc.string({ unit: fc.constantFrom(...'abZ09._-2de'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(modelTableName(a) === modelTableName(b)).toBe(a === b);
      expect(modelTableName(a)).toMatch(/^\w+$/);
    }),
  );
});

test('a column is dropped while the values of an earlier drop still go, and while it came again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-drop-'));
  const lake = await openLake({ dataDir, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const table = 'predictions_m';
  const column = [{ name: 'amount', kind: 'numeric' }] as const;
  try {
    await createModelTable(lake, table);
    await addColumns(lake, table, column);
    await lake.command(`INSERT INTO tiltmeter.${table} (_id, _f_amount) VALUES ('a', 7)`);
    await lake.command(`SYSTEM STOP MERGES tiltmeter.${table}`);
    await dropColumn(lake, table, 'amount', 'going');
    await addColumns(lake, table, column);
    const dropped = dropColumn(lake, table, 'amount', 'gone');
    // It has found the earlier one at work by the time that a later statement is answered.
    await lake.query('SELECT sleep(0.3)');
    await lake.command(`SYSTEM START MERGES tiltmeter.${table}`);
    await dropped;
    expect(
      await lake.query(`SELECT name FROM system.columns WHERE table = '${table}' AND name = '_f_amount'`),
    ).toEqual([]);
  } finally {
    await lake.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
