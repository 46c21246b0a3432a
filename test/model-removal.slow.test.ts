import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropColumn } from '../server/store/lake/model-table.ts';
import { startTestPostgres, type TestPostgres } from '../server/store/ledger/testing/postgres.ts';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 4);

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

/** 30 hours of predictions with labels, half of them of another kind from the 24th hour on. */
function events(model: string, prefix = 'p') {
  return Array.from({ length: 3000 }, (_, i) => ({
    model,
    id: `${prefix}${i}`,
    time: START + Math.floor(i / 100) * HOUR + (i % 100) * 1000,
    features: { amount: i % 100, country: i % 3 === 0 ? 'at' : 'de' },
    attributions: { amount: (i % 7) / 10, country: (i % 5) / 10 },
    prediction: i % 2 === 0 ? 'yes' : 'no',
    score: (i % 10) / 10,
  }));
}

describe.each(['sqlite', 'postgres'] as const)('with %s', (dialect) => {
  let now = START + 31 * HOUR;
  let tilt: TestApp;
  const viewed = async (path: string) => (await tilt.json('GET', path)).body;
  const judge = async () => {
    for (let turn = 0; turn < 2; turn++) {
      now += 20_000;
      await tilt.app.runJob('models');
    }
    await tilt.app.runJob('incidents');
  };
  const send = async (model: string, prefix?: string) => {
    await tilt.json('POST', '/api/v1/predictions', events(model, prefix));
    const labels = events(model, prefix).map(({ id, prediction }) => ({ model, id, label: prediction }));
    await tilt.json('POST', '/api/v1/labels', labels);
    await judge();
  };
  /** Rows that name a model, of every table of both stores that has a column for it, by table; those that have none are absent. */
  async function left(model: string): Promise<Record<string, number>> {
    const { ledger, lake } = tilt.app.ctx;
    const found: Record<string, number> = {};
    const note = (table: string, n: unknown) => {
      if (Number(n) > 0) found[table] = Number(n);
    };
    const shared = await lake.query<{ table: string }>(
      `SELECT table FROM system.columns WHERE database = 'tiltmeter' AND name = 'model' AND NOT endsWith(table, '_local')`,
    );
    for (const { table } of shared) {
      const rows = await lake.query<{ n: number }>(
        `SELECT count() AS n FROM tiltmeter.${table} WHERE model = {model:String}`,
        { model },
      );
      note(table, rows[0]?.n);
    }
    const own = await lake.query('SELECT name FROM system.tables WHERE name = {name:String}', {
      name: `predictions_${model}`,
    });
    note('predictions', own.length);
    const tables = await ledger.introspection.getTables();
    // That it was removed is known for a while.
    const of = tables.filter(
      ({ name, columns }) => name !== 'removals' && columns.some((c) => c.name === 'model'),
    );
    for (const { name } of of) {
      const row = await ledger
        .selectFrom(name as 'alerts')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('model', '=', model)
        .executeTakeFirst();
      note(name, row?.n);
    }
    return found;
  }

  /** The job dies at the first statement, then at the second, and so on: the next run goes on, and the last one ends it. */
  async function removeAmidDeaths(deaths: number): Promise<void> {
    const { lake } = tilt.app.ctx;
    const command = lake.command;
    for (let statements = 0; statements < deaths; statements++) {
      let mayRun = statements;
      lake.command = (...args) =>
        mayRun-- > 0 ? command(...args) : Promise.reject(new Error('the store went away'));
      await tilt.app.runJob('removals').catch(() => {});
    }
    lake.command = command;
    await tilt.app.runJob('removals');
  }

  beforeAll(async () => {
    const ledgerUrl = dialect === 'postgres' ? await postgres.createDatabase() : undefined;
    tilt = await startTestApp({ clock: () => now, ...(ledgerUrl === undefined ? {} : { ledgerUrl }) });
  });
  afterAll(() => tilt.stop());

  test('a model is really gone, whoever dies meanwhile, and one of its name begins anew', async () => {
    await send('gone');
    await send('stays');
    const other = await left('stays');
    const filled = await left('gone');
    for (const table of ['labels', 'profiles', 'signal_values', 'alerts', 'monitors', 'owners'])
      expect(filled[table]).toBeGreaterThan(0);

    expect((await tilt.json('DELETE', '/api/v1/models/gone?confirm=stays')).status).toBe(400);
    expect((await tilt.json('DELETE', '/api/v1/models/gone?confirm=gone')).status).toBe(204);
    expect((await tilt.json('GET', '/api/v1/models/gone')).status).toBe(404);
    expect((await viewed('/api/v1/models')).items.map(({ id }: { id: string }) => id)).toEqual(['stays']);

    // Until it is gone nobody else bears its name: what is sent is kept among the rejects.
    const early = await tilt.json('POST', '/api/v1/predictions', [
      { model: 'gone', id: 'early', prediction: 1 },
    ]);
    expect(early.body).toMatchObject({ stored: 0, rejected_total: 1 });
    expect(early.body.rejected[0].code).toBe('model_being_deleted');
    expect((await tilt.json('POST', '/api/v1/models', { id: 'gone' })).body.error.code).toBe(
      'model_being_deleted',
    );

    now += 20_000;
    await removeAmidDeaths(6);
    expect(await left('gone')).toEqual({});
    expect(await left('stays')).toEqual(other);

    await send('gone', 'new');
    const model = await viewed('/api/v1/models/gone');
    expect(model).toMatchObject({ predictions: 3000, owner: null });
    // Looked for once more, later: nothing of the new one goes.
    const anew = await left('gone');
    now += 11 * 60_000;
    await tilt.app.runJob('removals');
    expect(await left('gone')).toEqual(anew);
    const { items } = await viewed('/api/v1/audit');
    expect(items.find(({ action }: { action: string }) => action === 'model.delete')).toMatchObject({
      target: 'gone',
      detail: { predictions: 3000 },
    });
  });

  test('only admins may', async () => {
    const key = await tilt.json('POST', '/api/v1/keys', { name: 'editor', scopes: ['write'] });
    for (const [method, path, body] of [
      ['DELETE', '/api/v1/models/stays?confirm=stays', undefined],
      ['DELETE', '/api/v1/models/stays/columns/amount?confirm=amount', undefined],
      ['POST', '/api/v1/models/stays/merge', { into: 'gone', confirm: 'stays' }],
    ] as const)
      expect((await tilt.json(method, path, body, key.body.secret)).status).toBe(403);
  });

  test('a column goes with its values, profiles and signals, and comes again when it is sent again', async () => {
    await tilt.json('PATCH', '/api/v1/models/stays', { importance: { amount: 1, country: 3 } });
    const columns = async () =>
      (await viewed('/api/v1/models/stays/columns')).items
        .map(({ name }: { name: string }) => name)
        .filter((name: string) => !name.startsWith('_'));
    expect(await columns()).toEqual(['amount', 'country']);
    const wanted = { model: 'stays', kind: 'missing', options: { columns: ['country'] } };
    const monitor = await tilt.json('POST', '/api/v1/monitors', wanted);
    expect(monitor.status).toBe(201);
    const path = '/api/v1/models/stays/columns/country';
    expect((await tilt.json('DELETE', `${path}?confirm=amount`)).status).toBe(400);
    expect((await tilt.json('DELETE', `${path}?confirm=country`)).status).toBe(204);
    expect(await columns()).toEqual(['amount']);
    expect((await viewed('/api/v1/models/stays/predictions/p1')).features).toEqual({ amount: 1 });
    const monitors = (await viewed('/api/v1/monitors?model=stays')).items;
    expect(monitors.map(({ id }: { id: string }) => id)).not.toContain(monitor.body.id);

    now += 20_000;
    await tilt.app.runJob('removals');
    const { lake } = tilt.app.ctx;
    const counted = (table: string, column: string) =>
      lake.query(
        `SELECT count() AS n FROM tiltmeter.${table} WHERE model = 'stays' AND column = {column:String}`,
        {
          column,
        },
      );
    for (const [table, column] of [
      ['profiles', 'country'],
      ['signal_values', 'country'],
      ['profiles', '_attribution|country'],
    ] as const)
      expect(await counted(table, column)).toEqual([{ n: 0 }]);
    expect(await counted('profiles', '_attribution|amount')).not.toEqual([{ n: 0 }]);
    for (const table of ['grids', 'column_heads'] as const) {
      const names = await tilt.app.ctx.ledger
        .selectFrom(table)
        .selectAll()
        .where('model', '=', 'stays')
        .execute();
      expect(JSON.stringify(names)).toContain('_attribution|amount');
      expect(JSON.stringify(names)).not.toContain('_attribution|country');
    }

    const again = { model: 'stays', id: 'again', time: START + 30 * HOUR, features: { country: 7 } };
    expect((await tilt.json('POST', '/api/v1/predictions', [again])).body).toMatchObject({ stored: 1 });
    await judge();
    // It begins anew, and with what is sent now.
    expect(await columns()).toEqual(['amount', 'country']);
    expect((await viewed('/api/v1/models/stays/predictions/again')).features).toMatchObject({ country: 7 });
    expect((await viewed('/api/v1/models/stays/predictions/p1')).features).toEqual({
      amount: 1,
      country: null,
    });
  });

  test('a server that does not know yet that a column was removed stores what is sent with it all the same', async () => {
    const { ledger, lake } = tilt.app.ctx;
    const sent = (id: string, amount: number) =>
      tilt.json('POST', '/api/v1/predictions', [{ model: 'gone', id, features: { amount } }]);
    await sent('before', 1);
    // As another server would do it; this one believes what it knows for ten seconds.
    await ledger.deleteFrom('columns').where('model', '=', 'gone').where('name', '=', 'amount').execute();
    await dropColumn(lake, 'predictions_gone', 'amount', 'gone');
    expect((await sent('after', 2)).body).toMatchObject({ stored: 1, rejected_total: 0 });
    expect((await viewed('/api/v1/models/gone/predictions/after')).features).toMatchObject({ amount: 2 });
    expect((await viewed('/api/v1/models/gone/predictions/before')).features).toMatchObject({ amount: null });
  });

  test('a mistyped model is merged: what was sent is the other’s, its profiles are made anew', async () => {
    await send('stayz', 'typo');
    await tilt.json('POST', '/api/v1/changes', [
      { model: 'stayz', kind: 'deploy', title: 'v9', time: START + HOUR },
    ]);
    const before = (await viewed('/api/v1/models/stays')).predictions;
    const merge = (into: string) =>
      tilt.json('POST', '/api/v1/models/stayz/merge', { into, confirm: 'stayz' });
    expect((await merge('stayz')).status).toBe(400);
    // The one has numbers where the other has texts.
    expect((await merge('stays')).body.error).toMatchObject({ code: 'conflict' });
    await tilt.json('DELETE', '/api/v1/models/stays/columns/country?confirm=country');
    expect((await merge('stays')).status).toBe(204);
    expect((await tilt.json('GET', '/api/v1/models/stayz')).status).toBe(404);
    // What moves into it would be lost with it.
    const early = await tilt.json('DELETE', '/api/v1/models/stays?confirm=stays');
    expect(early.body.error).toMatchObject({ code: 'conflict' });

    now += 20_000;
    await removeAmidDeaths(5);
    await judge();
    expect(await left('stayz')).toEqual({});
    const model = await viewed('/api/v1/models/stays');
    expect(model.predictions).toBe(before + 3000);
    expect(model.labels).toBe(6000);
    expect((await viewed('/api/v1/models/stays/predictions/typo3')).label).toMatchObject({ value: 'no' });
    expect((await viewed('/api/v1/changes?model=stays')).items[0]).toMatchObject({ title: 'v9' });
    const { traffic } = model;
    // Hours of both are counted together.
    expect(traffic[0]).toMatchObject({ n: 200 });
  });
});
