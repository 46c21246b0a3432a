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

test('for how long predictions are kept is for admins; whoever may change a model changes the rest of it', async () => {
  const tilt = await startTestApp();
  try {
    const { body: key } = await tilt.json('POST', '/api/v1/keys', { name: 'editor', scopes: ['write'] });
    await tilt.json('POST', '/api/v1/models', { id: 'm', retention_days: 60 });
    const patch = (change: object, secret?: string) => tilt.json('PATCH', '/api/v1/models/m', change, secret);
    const refused = { status: 403, body: { error: { code: 'not_allowed' } } };
    expect(await patch({ retention_days: 1, owner: 'risk' }, key.secret)).toMatchObject(refused);
    expect(await patch({ retention_days: null }, key.secret)).toMatchObject(refused);
    expect((await tilt.json('GET', '/api/v1/models/m')).body).toMatchObject({
      retention_days: 60,
      owner: null,
    });
    expect((await patch({ retention_days: 60, owner: 'risk' }, key.secret)).status).toBe(200);
    expect((await patch({ retention_days: 1 })).status).toBe(200);
  } finally {
    await tilt.stop();
  }
});

/** The 15th of each month of the first half of 2026. */
const MONTHS = [1, 2, 3, 4, 5].map((month) => `2026-0${month}-15T00:00:00Z`);

test('everything that grows is kept as long as people say, and its size is told', async () => {
  let now = Date.parse('2026-01-15T00:00:00Z');
  const tilt = await startTestApp({ clock: () => now });
  try {
    for (const [i, time] of MONTHS.entries()) {
      now = Date.parse(time);
      await tilt.json('POST', '/api/v1/predictions', [{ model: 'm', id: `p${i}`, time, prediction: 1 }]);
      await tilt.json('POST', '/api/v1/labels', [{ model: 'm', id: `p${i}`, label: 1, time }]);
      await tilt.json('POST', '/api/v1/outcomes', [{ model: 'm', metric: 'sold', value: 1, time }]);
      await tilt.json('POST', '/api/v1/changes', [{ model: 'm', kind: 'deploy', title: `v${i}`, time }]);
      await tilt.json('POST', '/api/v1/stages', [{ model: 'm', stage: 'training', message: 'done', time }]);
      await tilt.json('POST', '/api/v1/predictions', [{ model: '../', prediction: 1 }]);
    }
    now = Date.parse('2026-06-15T00:00:00Z');
    const sizes = async () => {
      const { status, body } = await tilt.json('GET', '/api/v1/storage');
      expect(status).toBe(200);
      return new Map<
        string,
        { rows: number; bytes: number | null; days: number | null; bytes_in_30_days: number | null }
      >(body.items.map((item: { name: string }) => [item.name, item]));
    };
    const before = await sizes();
    for (const name of ['predictions', 'labels', 'outcomes', 'changes', 'rejects'])
      expect(before.get(name)).toMatchObject({ rows: 5, days: name === 'rejects' ? 90 : null });

    const { body } = await tilt.json('GET', '/api/v1/storage');
    const tables = new Map<string, number>(
      body.ledger.tables.map(({ name, bytes }: { name: string; bytes: number }) => [name, bytes]),
    );
    // Each has a page at least, and all of them are no more than the whole.
    for (const name of ['models', 'outbox', 'alert_transitions', 'audit'])
      expect(tables.get(name)).toBeGreaterThanOrEqual(4096);
    const sum = [...tables.values()].reduce((all, bytes) => all + bytes, 0);
    expect(sum).toBeLessThanOrEqual(body.ledger.bytes);
    expect(sum).toBeGreaterThan(0.5 * body.ledger.bytes);
    const messages = ['outbox', 'escalated'].reduce((all, name) => all + tables.get(name)!, 0);
    expect(before.get('messages')).toMatchObject({ bytes: messages });

    const set = (name: string, days: number | null) =>
      tilt.json('PATCH', `/api/v1/storage/${name}`, { days });
    for (const name of [
      'predictions',
      'labels',
      'outcomes',
      'changes',
      'signal_values',
      'profiles',
      'labelled',
      'decisions',
    ])
      expect(await set(name, 60)).toMatchObject({ status: 200 });
    await tilt.app.runJob('retention');
    const after = await sizes();
    // Sixty days before are in April: what is wholly older is gone.
    for (const name of ['predictions', 'labels', 'outcomes', 'changes'])
      expect(after.get(name)).toMatchObject({ rows: 2, days: 60 });
    // Ninety days before are in March.
    for (const name of ['rejects', 'stages']) expect(after.get(name)).toMatchObject({ rows: 3, days: 90 });

    expect(await set('profiles', 7)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
    expect(await set('audit', 7)).toMatchObject({ status: 404 });
    expect(await set('labels', null)).toMatchObject({ status: 200 });
    expect((await sizes()).get('labels')).toMatchObject({ days: null });
    const audit = await tilt.json('GET', '/api/v1/audit');
    expect(audit.body.items[0]).toMatchObject({
      action: 'retention.change',
      target: 'labels',
      detail: { days: null },
    });
  } finally {
    await tilt.stop();
  }
});

test('what people decided goes when it is old: decisions, incidents that are over, messages', async () => {
  const now = Date.parse('2026-06-15T00:00:00Z');
  const tilt = await startTestApp({ clock: () => now });
  try {
    const { ledger } = tilt.app.ctx;
    const DAY = 86_400_000;
    const old = now - 500 * DAY;
    const decided = {
      model: 'm',
      monitor: 'x',
      kind: 'drift',
      metric: 'psi',
      column: '',
      segment: '',
      version: '',
    };
    const line = {
      ...decided,
      severity: 'ticket' as const,
      from_state: null,
      to_state: 'ok' as const,
      reason: 'r',
    };
    const rest = { since: 0, peak: null, reach_ms: 0, correction: 0 as const, time: 0 };
    await ledger
      .insertInto('alert_transitions')
      .values([
        { ...line, ...rest, seq: 1, alert: 'a', at: old },
        { ...line, ...rest, seq: 2, alert: 'a', at: old + DAY },
        { ...line, ...rest, seq: 3, alert: 'b', at: old },
        { ...line, ...rest, seq: 4, alert: 'b', at: now },
      ])
      .execute();
    await tilt.json('PATCH', '/api/v1/storage/incidents', { days: 100 });
    await tilt.app.runJob('retention');
    const left = await ledger.selectFrom('alert_transitions').select('seq').orderBy('seq').execute();
    // The newest of each alert says since when it is as it is.
    expect(left.map(({ seq }) => seq)).toEqual([2, 4]);
  } finally {
    await tilt.stop();
  }
});

test('the profiles that a reference lives in are spared', async () => {
  let now = Date.parse('2026-01-20T00:00:00Z');
  const tilt = await startTestApp({ clock: () => now });
  try {
    const rows = ['2026-01-15', '2026-02-15'].map((day, i) => ({
      model: 'm',
      id: `p${i}`,
      time: `${day}T00:00:00Z`,
      features: { a: i },
    }));
    now = Date.parse('2026-02-20T00:00:00Z');
    await tilt.json('POST', '/api/v1/predictions', rows);
    now += 600_000;
    await tilt.app.runJob('models');
    const window = {
      kind: 'fixed',
      name: 'January',
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00Z',
    };
    await tilt.json('POST', '/api/v1/models/m/references', window);
    await tilt.json('PATCH', '/api/v1/storage/profiles', { days: 60 });
    now = Date.parse('2026-12-01T00:00:00Z');
    await tilt.app.runJob('retention');
    const left = await tilt.app.ctx.lake.query<{ month: number }>(
      'SELECT DISTINCT toYYYYMM(time) AS month FROM tiltmeter.profiles ORDER BY month',
    );
    expect(left).toEqual([{ month: 202601 }]);
  } finally {
    await tilt.stop();
  }
});
