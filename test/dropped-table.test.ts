import { expect, test } from 'vitest';
import { startTestApp } from './app.ts';

test('a table of the lake dropped by hand: what is sent from then on is stored', async () => {
  const tilt = await startTestApp();
  try {
    const prediction = (id: string) => ({
      model: 'm',
      id,
      features: { amount: 2, country: 'FR' },
      prediction: 'yes',
    });
    const label = (id: string) => ({ model: 'm', id, label: 'yes' });
    await tilt.json('POST', '/api/v1/predictions', [prediction('a'), prediction('b')]);
    await tilt.json('POST', '/api/v1/labels', label('a'));
    for (const table of ['predictions_m', 'labels', 'profiles'])
      await tilt.app.ctx.lake.command(`DROP TABLE tiltmeter.${table} SYNC`);

    // one that is there no longer is no duplicate
    const stored = await tilt.json('POST', '/api/v1/predictions', [prediction('b'), prediction('c')]);
    expect(stored.body).toMatchObject({ stored: 2, duplicates: 0, rejected: [] });
    expect((await tilt.json('POST', '/api/v1/labels', label('c'))).body).toMatchObject({ stored: 1 });
    const { body } = await tilt.json('GET', '/api/v1/models/m/predictions');
    expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual(['b', 'c']);
    const record = await tilt.json('GET', '/api/v1/models/m/predictions/c');
    expect(record.body).toMatchObject({
      features: { amount: 2, country: 'FR' },
      prediction: 'yes',
      label: { value: 'yes' },
    });
    await tilt.app.runJob('models');
    expect(tilt.app.ctx.lake.remade!().map(({ table }) => table)).toEqual([
      'predictions_m',
      'labels',
      'profiles',
    ]);
  } finally {
    await tilt.stop();
  }
});
