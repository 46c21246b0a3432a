import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

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

test('a table dropped by hand is told in plain words though nobody asks it anything: on the status, which the fleet shows, at /readyz, and as an incident', async () => {
  let now = Date.UTC(2026, 5, 15);
  const tilt = await startTestApp({ clock: () => now });
  try {
    await tilt.app.runJob('watch');
    expect((await tilt.json('GET', '/api/v1/status')).body.troubles).toEqual([]);
    await tilt.app.ctx.lake.command('DROP TABLE tiltmeter.outcomes SYNC');
    now += 30_000;
    await tilt.app.runJob('watch');
    const sentence =
      'The table outcomes of the lake was gone and was made again, empty: what was in it has to come from a backup';
    const { body: status } = await tilt.json('GET', '/api/v1/status');
    expect(status.troubles).toEqual([expect.objectContaining({ kind: 'table', sentence })]);
    const { body: incidents } = await tilt.json('GET', '/api/v1/incidents');
    expect(incidents.items).toEqual([
      expect.objectContaining({ priority: 'P1', status: 'open', title: sentence, model: '' }),
    ]);
    expect(JSON.stringify((await tilt.json('GET', '/readyz', undefined, null)).body)).toMatch(/table/);

    // Missed while it is asked, it is told at once; also where another server looks after Tiltmeter.
    await tilt.app.ctx.lake.command('DROP TABLE tiltmeter.labels SYNC');
    await tilt.json('POST', '/api/v1/labels', { model: 'm', id: 'a', label: 'yes' });
    const { body: at } = await tilt.json('GET', '/api/v1/status');
    expect(at.troubles.map((trouble: { sentence: string }) => trouble.sentence)).toContainEqual(
      expect.stringContaining('The table labels of the lake was gone'),
    );
  } finally {
    await tilt.stop();
  }
});

const START = Date.parse('2026-03-20T00:00:00Z');

/** Two days of predictions, each with its label. */
async function sendTwoDays(tilt: TestApp) {
  const rows = Array.from({ length: 480 }, (_, i) => ({
    model: 'm',
    id: `p${i}`,
    time: START - (480 - i) * 360_000,
    features: { amount: i % 50, country: i % 3 === 0 ? 'FR' : 'DE' },
    prediction: i % 2 === 0 ? 'yes' : 'no',
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ model, id, time }) => ({ model, id, time, label: 'yes' }));
  await tilt.json('POST', '/api/v1/labels', labels);
}

/** What people see of the model. */
async function seen(tilt: TestApp) {
  const { predictions, labels, first_event, last_event } = (await tilt.json('GET', '/api/v1/models/m')).body;
  const columns = [];
  for (const column of ['_all', 'amount', 'country', '_confusion'])
    columns.push(
      (await tilt.json('GET', `/api/v1/models/m/columns/${column}/distribution?from=${START - 172_800_000}`))
        .body.bins,
    );
  return { predictions, labels, first_event, last_event, columns };
}

test.each([
  'while it runs',
  'while it runs, with predictions on their way',
  'and made again by hand while it is stopped',
])('profiles that were dropped %s are made again from what is stored', async (when) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-dropped-'));
  let now = START;
  const clock = () => now;
  let tilt = await startTestApp({ clock, dataDir });
  const rollUp = async () => {
    for (let i = 0; i < 4; i++) {
      now += 600_000;
      await tilt.app.runJob('models').catch(() => {});
    }
  };
  try {
    await sendTwoDays(tilt);
    await rollUp();
    const before = await seen(tilt);
    expect(before).toMatchObject({ predictions: 480, labels: 480 });
    await tilt.app.ctx.lake.command('DROP TABLE tiltmeter.profiles SYNC');
    if (when.startsWith('and')) {
      // the question makes it again; that nobody was told is what a hand does
      const heads = await tilt.app.ctx.ledger.selectFrom('profile_heads').selectAll().execute();
      await tilt.app.ctx.lake.query('SELECT * FROM tiltmeter.profiles');
      await tilt.app.ctx.ledger.updateTable('profile_heads').set(heads[0]!).execute();
      await tilt.stop();
      tilt = await startTestApp({ clock, dataDir });
    } else if (when.includes('on their way')) {
      const late = { model: 'm', id: 'late', time: START - 3_600_000, features: { amount: 7 } };
      await tilt.json('POST', '/api/v1/predictions', [late]);
    } else await tilt.json('GET', '/api/v1/models/m/columns/amount/distribution');
    await rollUp();
    const after = await seen(tilt);
    if (when.includes('on their way')) expect(after).toMatchObject({ predictions: 481, labels: 480 });
    else expect(after).toEqual(before);
  } finally {
    await tilt.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
