import { expect, test } from 'vitest';
import { startTestApp } from './app.ts';

test('whole months older than the model keeps them are dropped, and their ids may come again', async () => {
  const tilt = await startTestApp({ clock: () => Date.parse('2026-06-15T00:00:00Z') });
  try {
    const event = (id: string, time: string) => ({ model: 'm', id, time, prediction: 1 });
    const events = [event('old', '2026-03-20T00:00:00Z'), event('kept', '2026-04-20T00:00:00Z')];
    await tilt.json('POST', '/api/v1/predictions', events);
    await tilt.app.runJob('retention');
    expect((await tilt.json('GET', '/api/v1/models/m')).body.predictions).toBe(2);
    await tilt.json('PATCH', '/api/v1/models/m', { retention_days: 60 });
    await tilt.app.runJob('retention');
    const left = await tilt.json('GET', '/api/v1/models/m/predictions');
    expect(left.body.items.map(({ id }: { id: string }) => id)).toEqual(['kept']);
    expect((await tilt.json('POST', '/api/v1/predictions', events)).body).toMatchObject({
      stored: 1,
      duplicates: 1,
    });
  } finally {
    await tilt.stop();
  }
});
