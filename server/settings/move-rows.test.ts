import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { IDS } from '../store/lake/in-parts.ts';
import type { RemovalRow } from '../store/ledger/schema.ts';
import { moveRows } from './move-rows.ts';

const START = Date.UTC(2026, 3, 1);
const ROWS = IDS + 50_000;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
});
afterAll(() => tilt.stop());

const one = async (sql: string) => (await tilt.app.ctx.lake.query<{ n: number }>(sql))[0]!.n;

test('however many rows lie in one minute, they are moved in pieces that one statement can hold, and once', async () => {
  const { ctx } = tilt.app;
  for (const [id, rows] of [
    ['typo', ROWS],
    ['right', 100],
  ] as const) {
    await tilt.json('POST', '/api/v1/models', { id });
    await ctx.lake.command(
      `INSERT INTO tiltmeter.predictions_${id} (_id, _time, _received_at)
SELECT toString(number), fromUnixTimestamp64Milli({start:Int64} + number % 50000, 'UTC'), now64(3) FROM numbers({rows:UInt32})`,
      { start: START, rows },
    );
    await ctx.lake.command(
      `INSERT INTO tiltmeter.labels (model, id, label, time, source, received_at)
SELECT {id:String}, _id, 'yes', _time, '', now64(3) FROM tiltmeter.predictions_${id}`,
      { id },
    );
  }
  const removal: RemovalRow = {
    ...{ id: 'r', kind: 'merge', model: 'typo', table_name: 'predictions_typo', target: 'right' },
    ...{ columns: '[]', requested_by: 'me', requested_by_id: null, requested_at: 0, finished_at: null },
  };
  const labels = "tiltmeter.labels WHERE model = 'right'";
  // Whoever dies in between begins again.
  for (let turn = 0; turn < 2; turn++) {
    await moveRows(ctx, removal);
    for (const [table, at, id] of [
      ['tiltmeter.predictions_right', '_received_at', '_id'],
      [labels, 'received_at', 'id'],
    ]) {
      expect(await one(`SELECT count() AS n FROM ${table}`)).toBe(ROWS);
      expect(await one(`SELECT uniqExact(${id}) AS n FROM ${table}`)).toBe(ROWS);
      const pieces = `SELECT count() AS rows FROM ${table} GROUP BY ${at}`;
      expect(await one(`SELECT max(rows) AS n FROM (${pieces})`)).toBeLessThan(IDS);
    }
  }
});
