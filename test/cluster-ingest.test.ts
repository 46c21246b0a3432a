import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startClickHouseServer } from '../server/store/lake/testing/clickhouse-server.ts';
import { startTestApp } from './app.ts';

test('two servers on one lake: what one stored, the other knows', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tiltmeter-cluster-'));
  const lake = await startClickHouseServer({ dir, user: 'u', password: 'p' });
  const lakeUrl = lake.url;
  const one = await startTestApp({ lakeUrl });
  try {
    const event = {
      model: 'm',
      id: 'a',
      features: { x: 1, y: 'é' },
      tags: { k: 'v' },
      time: '2026-01-01T00:00:00Z',
    };
    expect((await one.json('POST', '/api/v1/predictions', event)).body).toMatchObject({ stored: 1 });
    expect((await one.json('POST', '/api/v1/labels', { model: 'm', id: 'a', label: 1 })).body).toMatchObject({
      stored: 1,
    });
    const two = await startTestApp({ lakeUrl });
    try {
      // Its own ledger does not know the model; the lake has the table and the row.
      const reply = await two.json('POST', '/api/v1/predictions', [event, { ...event, id: 'b' }]);
      expect(reply.body).toMatchObject({ stored: 1, duplicates: 1 });
    } finally {
      await two.stop();
    }
    const record = await one.json('GET', '/api/v1/models/m/predictions/a');
    expect(record.body).toMatchObject({ features: { x: 1, y: 'é' }, tags: { k: 'v' }, label: { value: 1 } });
    expect((await one.json('GET', '/api/v1/models/m/predictions')).body.items).toHaveLength(2);
  } finally {
    await one.stop();
    await lake.close();
    await rm(dir, { recursive: true, force: true });
  }
});
