import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tiltmeter } from '../clients/typescript/tiltmeter.ts';
import { rollUp } from '../server/profiles/roll-up/roll-up.ts';
import { startTestApp, type TestApp } from './app.ts';

/**
 * Elec2, the electricity market of New South Wales, half-hourly from 7 May 1996. On row 17,424 the market of Victoria
 * joins: `vicprice`, `vicdemand` and `transfer`, constant until then, begin to move. The data set names no licence and is
 * not part of this repository; a copy beside the checkout is used where there is one.
 */
const FOLDER = join(import.meta.dirname, '../../shared/data/elec2');
const FILE = existsSync(FOLDER) ? readdirSync(FOLDER).find((name) => name.endsWith('.csv.gz')) : undefined;

const HALF_HOUR = 1_800_000;
const DAY = 48 * HALF_HOUR;
const START = Date.parse('1996-05-07T00:00:00Z') + 8 * 365.25 * DAY;
const JOINED = START + 17_424 * HALF_HOUR;
const FEATURES = ['day', 'period', 'nswdemand', 'vicprice', 'vicdemand', 'transfer'];

describe.skipIf(FILE === undefined)('Elec2', () => {
  let server: TestApp;
  let late = 0;
  beforeAll(async () => {
    server = await startTestApp({ clock: () => Date.now() + late });
    const client = new Tiltmeter({ url: server.address, key: server.adminKey, batchSize: 5000 });
    const [header, ...lines] = gunzipSync(readFileSync(join(FOLDER, FILE!)))
      .toString()
      .trim()
      .split('\n');
    const names = header!.replaceAll('"', '').split(',');
    const predictions = lines.map((line, row) => {
      const cells = line.split(',');
      const features = Object.fromEntries(FEATURES.map((name) => [name, Number(cells[names.indexOf(name)])]));
      return { model: 'elec2', id: `row-${row}`, time: START + row * HALF_HOUR, features };
    });
    // A day has 48 rows; four weeks of them are enough to judge, whatever the weekday.
    await client.call('POST', '/models', { id: 'elec2', bucket_ms: DAY, window_ms: 28 * DAY });
    await client.predictions(predictions);
    await rollUp(server.app.ctx, 'elec2', { to: server.app.ctx.stamps.mark() });
    await client.call('POST', '/models/elec2/references', {
      kind: 'fixed',
      name: 'first half year',
      from: START,
      to: START + 182 * DAY,
    });
    // The newest rows have had time to settle.
    late = 20_000;
    await server.app.runJob('models');
    await server.app.runJob('incidents');
  });
  afterAll(() => server?.stop());

  test.each(['vicprice', 'vicdemand', 'transfer'])(
    '%s drifts from row 17,424 on, and not before',
    async (column) => {
      const { body } = await server.json('GET', `/api/v1/models/elec2/signals?kind=drift&column=${column}`);
      const points = body.items[0].points as { time: string; value: number | null; low: number | null }[];
      const beyond = points
        .filter(({ low }) => low !== null && low > 0.1)
        .map(({ time }) => Date.parse(time));
      const first = Math.min(...beyond);
      expect(first).toBeGreaterThanOrEqual(JOINED - DAY);
      expect(first).toBeLessThan(JOINED + 28 * DAY);
    },
  );

  test('it becomes an incident that names them', async () => {
    const { body } = await server.json('GET', '/api/v1/incidents?model=elec2');
    const named = body.items.flatMap((incident: { alerts: { column: string; since: string }[] }) =>
      incident.alerts.filter(({ since }) => Math.abs(Date.parse(since) - JOINED) < 28 * DAY),
    );
    expect(named.map(({ column }: { column: string }) => column)).toEqual(
      expect.arrayContaining(['vicprice', 'transfer']),
    );
  });
});
