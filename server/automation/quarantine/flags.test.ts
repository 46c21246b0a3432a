import type { KyselyPlugin } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../../incidents/testing/world.ts';
import { startTestPostgres, type TestPostgres } from '../../store/ledger/testing/postgres.ts';
import { Flags } from './flags.ts';
import { endFlag, setFlags } from './set-flags.ts';

const WHY = { reason: 'backfill', until: null, incident: null };

describe.each(['SQLite', 'PostgreSQL'])('on %s', (kind) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  let statements = 0;
  const counter: KyselyPlugin = {
    transformQuery({ node }) {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  beforeAll(async () => {
    if (kind === 'PostgreSQL') postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    world = await incidentsWorld(await postgres?.createDatabase());
    for (const model of ['a', 'b', 'c']) await world.model(model);
  });
  afterEach(() => world.close());

  /** What one server keeps, its statements counted. */
  const server = (most?: number) =>
    new Flags({ ...world.ctx, ledger: world.ctx.ledger.withPlugin(counter) }, most);
  let once = 0;
  const set = (model: string, name: string, until: number | null = null) =>
    setFlags(world.ctx, model, [{ of: 'column', name }], { ...WHY, until, once: `set ${once++}` });
  const columns = async (flags: Flags, model: string) => (await flags.of(model)).columns;
  async function counted<T>(work: () => Promise<T>): Promise<number> {
    statements = 0;
    await work();
    return statements;
  }

  test('asking again costs no statement, and following costs one where nothing changed, however many flags stand', async () => {
    const flags = server();
    for (const model of ['a', 'b', 'c']) for (const name of ['x', 'y', 'z']) await set(model, name);
    expect(await columns(flags, 'a')).toEqual(['x', 'y', 'z']);
    expect(await counted(() => columns(flags, 'a'))).toBe(0);
    expect(await counted(() => columns(flags, 'b'))).toBe(2);
    expect(await counted(() => flags.refresh())).toBe(1);
  });

  test('what another server changed is followed, and nothing else is read again', async () => {
    const [here, there] = [server(), server()];
    for (const flags of [here, there])
      for (const model of ['a', 'b', 'c']) expect(await columns(flags, model)).toEqual([]);
    const [flag] = await set('a', 'x');
    await here.refresh();
    expect(await columns(here, 'a')).toEqual(['x']);
    expect(await columns(there, 'a')).toEqual([]);
    // Its head, its entries, and of the one model that it is about whether there is one and what stands.
    expect(await counted(() => there.refresh())).toBe(4);
    expect(await counted(async () => expect(await columns(there, 'a')).toEqual(['x']))).toBe(0);
    await endFlag(world.ctx, 'a', flag!.id);
    await there.refresh();
    expect(await there.of('a')).toMatchObject({ flagged: false, flags: [] });
    // However stuck what follows is, five seconds later nothing is told that was not looked at.
    world.now += 6_000;
    expect(await columns(here, 'a')).toEqual([]);
  });

  test('a flag ends when its time has come, though nobody reads it', async () => {
    const flags = server();
    await set('a', 'x', world.now + HOUR);
    await set('a', 'y', world.now + 2 * HOUR);
    expect(await columns(flags, 'a')).toEqual(['x', 'y']);
    for (const left of [['y'], []]) {
      world.now += HOUR;
      await flags.refresh();
      expect(await counted(async () => expect(await columns(flags, 'a')).toEqual(left))).toBe(0);
    }
  });

  test('a model that is removed, and one of its name that comes later', async () => {
    const flags = server();
    await set('a', 'x');
    expect(await columns(flags, 'a')).toEqual(['x']);
    const { ledger } = world.ctx;
    await ledger.transaction().execute(async (trx) => {
      await trx.deleteFrom('models').where('id', '=', 'a').execute();
      await audit(world.ctx, trx, 'model.delete', 'a');
    });
    await ledger.deleteFrom('quarantines').where('model', '=', 'a').execute();
    await flags.refresh();
    await expect(flags.of('a')).rejects.toThrow('no model a');
    await world.model('a');
    expect(await columns(flags, 'a')).toEqual([]);
  });

  test('a ledger that went back in time is read anew', async () => {
    const flags = server();
    await set('a', 'x');
    expect(await columns(flags, 'a')).toEqual(['x']);
    const { ledger } = world.ctx;
    await ledger.deleteFrom('quarantines').execute();
    await ledger.updateTable('audit_head').set({ seq: 0 }).execute();
    await flags.refresh();
    expect(await columns(flags, 'a')).toEqual([]);
  });

  test('where more are asked about than are kept, all are told all the same', async () => {
    const flags = server(4);
    for (const model of ['a', 'b', 'c']) for (const name of ['x', 'y']) await set(model, name);
    for (const model of ['a', 'b', 'c', 'a']) expect(await columns(flags, model)).toEqual(['x', 'y']);
    expect(await counted(() => columns(flags, 'a'))).toBe(0);
  });

  test('a change while a model is read for the first time is not missed', async () => {
    const [held, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        // Whether there is such a model, then its flags.
        if (statements++ !== 1) return result;
        arrived.resolve();
        await held.promise;
        return result;
      },
    };
    const flags = new Flags({ ...world.ctx, ledger: world.ctx.ledger.withPlugin(first) });
    await flags.refresh();
    statements = 0;
    const asked = flags.of('b');
    await arrived.promise;
    await set('b', 'x');
    await flags.refresh();
    held.resolve();
    await asked;
    expect(await columns(flags, 'b')).toEqual(['x']);
  });
});
