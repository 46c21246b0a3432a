import { expect, test } from 'vitest';
import { listModels } from '../server/fleet/list-models.ts';
import { startTestApp } from './app.ts';

test('the fleet costs the same few queries for one model and for hundreds', async () => {
  const tilt = await startTestApp();
  try {
    const { ctx } = tilt.app;
    let queries = 0;
    const counting = {
      ...ctx,
      lake: Object.assign(Object.create(ctx.lake), {
        query: (...args: Parameters<typeof ctx.lake.query>) => {
          queries++;
          return ctx.lake.query(...args);
        },
      }),
    };
    await tilt.json('POST', '/api/v1/predictions', {
      model: 'real',
      prediction: 1,
      time: '2026-01-01T00:00:00Z',
    });
    await listModels(counting, { limit: 1000 });
    const forOne = queries;
    const [row] = await ctx.ledger.selectFrom('models').selectAll().execute();
    const more = Array.from({ length: 300 }, (_, i) => ({
      ...row!,
      id: `copy-${i}`,
      table_name: `predictions_copy_${i}`,
    }));
    for (let i = 0; i < more.length; i += 50)
      await ctx.ledger
        .insertInto('models')
        .values(more.slice(i, i + 50))
        .execute();
    queries = 0;
    const fleet = await listModels(counting, { limit: 1000 });
    expect(fleet.items).toHaveLength(301);
    expect(queries).toBe(forOne);
    expect(fleet.items.find(({ id }) => id === 'real')).toMatchObject({
      predictions: 1,
      last_event: '2026-01-01T00:00:00.000Z',
    });
    const page = await tilt.json('GET', '/api/v1/models?limit=2&cursor=copy-298');
    expect(page.body.items.map(({ id }: { id: string }) => id)).toEqual(['copy-299', 'copy-3']);
  } finally {
    await tilt.stop();
  }
});

test('a model is declared, changed and refused', async () => {
  const tilt = await startTestApp();
  try {
    const made = await tilt.json('POST', '/api/v1/models', {
      id: 'm',
      task: 'binary',
      columns: { age: { type: 'numeric' } },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'm', task: 'binary', columns: [{ name: 'age', type: 'numeric' }] },
    });
    expect((await tilt.json('POST', '/api/v1/models', { id: 'm' })).status).toBe(409);
    expect((await tilt.json('POST', '/api/v1/models', { id: 'a/b' })).status).toBe(400);
    const quoted = { id: 'q', columns: { 'a"b': { type: 'numeric' } } };
    expect((await tilt.json('POST', '/api/v1/models', quoted)).body.error.code).toBe('invalid_feature_name');
    expect((await tilt.json('GET', '/api/v1/models/q')).status).toBe(404);
    const change = {
      owner: 'risk',
      tags: ['a'],
      importance: { age: 3, b: 1 },
      columns: { b: { type: 'boolean', safe: true } },
    };
    const changed = await tilt.json('PATCH', '/api/v1/models/m', change);
    expect(changed.body).toMatchObject({
      owner: 'risk',
      tags: ['a'],
      importance_source: 'user',
      columns: [
        { name: 'age', importance: 0.75 },
        { name: 'b', type: 'boolean', importance: 0.25, safe: true },
      ],
    });
    const retype = await tilt.json('PATCH', '/api/v1/models/m', {
      columns: { age: { type: 'boolean' } },
    });
    expect(retype.body.error.code).toBe('conflict');
    expect((await tilt.json('PATCH', '/api/v1/models/none', { owner: 'x' })).status).toBe(404);
    const columns = await tilt.json('GET', '/api/v1/models/m/columns');
    expect(columns.body.items).toHaveLength(2);
    const audit = await tilt.json('GET', '/api/v1/audit');
    expect(audit.body.items.map(({ action }: { action: string }) => action)).toEqual([
      'model.change',
      'model.change',
      'model.create',
    ]);
  } finally {
    await tilt.stop();
  }
});
