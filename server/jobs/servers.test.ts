import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { requireFence } from './fence.ts';
import { createOwnership } from './ownership.ts';
import { EXPIRES_MS, type Marks } from './server-row.ts';
import { visibleTo } from './servers.ts';
import { createJobsWorld, type JobsWorld } from './testing/ledgers.ts';

/** Marks of a server that has stamped up to `at`. */
function marks(at: number): Marks & { at: number } {
  return {
    at,
    mark() {
      return this.at;
    },
    raise(floor) {
      this.at = Math.max(this.at, floor);
    },
  };
}

function contract(open: () => Promise<JobsWorld>, { shared }: { readonly shared: boolean }) {
  const names = Array.from({ length: 21 }, (_, i) => `m${i}`);

  /** A server that has joined and taken what is its own. */
  async function owner(world: JobsWorld, id: string) {
    const server = await world.server(id);
    const ownership = createOwnership(world.ctx, server, async () => names);
    const beat = async () => {
      await server.publish();
      await ownership.refresh();
    };
    await beat();
    return { server, ownership, beat };
  }

  const inWorld = (run: (world: JobsWorld) => Promise<void>) => async () => {
    const world = await open();
    try {
      await run(world);
    } finally {
      await world.close();
    }
  };

  test(
    'the smallest mark of those that live counts; who joins begins above every mark that was ever published',
    inWorld(async (world) => {
      expect(await visibleTo(world.ctx)).toBe(0);
      const [ahead, behind] = [marks(5_000), marks(3_000)];
      const a = await world.server('a', ahead);
      const b = await world.server('b', behind);
      expect(behind.at).toBe(5_000);
      expect(await visibleTo(world.ctx)).toBe(5_000);
      ahead.at = 9_000;
      await a.publish();
      expect(await visibleTo(world.ctx)).toBe(5_000);
      await b.publish();
      expect(await visibleTo(world.ctx)).toBe(9_000);
      await a.leave();
      await b.leave();
      const late = marks(1);
      await world.server('c', late);
      expect(late.at).toBe(9_000);
    }),
  );

  test(
    'a server counts as dead when it was not heard of, and joins again by itself above what it has missed',
    inWorld(async (world) => {
      const [mine, theirs] = [marks(100), marks(100)];
      const a = await world.server('a', mine);
      const b = await world.server('b', theirs);
      expect(b.deciding()).toEqual(['a', 'b']);
      await world.sleep(EXPIRES_MS, b);
      expect(b.deciding()).toEqual(['b']);
      theirs.at = 7_000;
      await b.publish();
      await a.publish();
      expect(a.deciding()).toEqual(['a', 'b']);
      expect(mine.at).toBe(7_000);
    }),
  );

  test(
    'models are shared evenly, and every one is decided by one server',
    inWorld(async (world) => {
      const a = await owner(world, 'a');
      expect(a.ownership.models()).toHaveLength(21);
      const b = await owner(world, 'b');
      const c = await owner(world, 'c');
      for (const each of [a, b, c, a, b, c]) await each.beat();
      const owned = [a, b, c].map(({ ownership }) => ownership.models());
      expect(owned.map((models) => models.length)).toEqual([7, 7, 7]);
      expect(owned.flat().sort()).toEqual([...names].sort());
    }),
  );

  test(
    'a model that is being served is let go afterwards',
    inWorld(async (world) => {
      const a = await owner(world, 'a');
      const gate = Promise.withResolvers<void>();
      const runs = names.map((name) =>
        a.ownership.hold(name, async (fence) => {
          await gate.promise;
          await world.ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
        }),
      );
      const b = await owner(world, 'b');
      await a.beat();
      await b.beat();
      expect(b.ownership.models()).toEqual([]);
      gate.resolve();
      await Promise.all(runs);
      await a.beat();
      await b.beat();
      expect(b.ownership.models()).toHaveLength(10);
      expect(a.ownership.models()).toHaveLength(11);
    }),
  );

  test(
    'what a dead server owned is taken over, and nothing it decides counts any more',
    inWorld(async (world) => {
      const a = await owner(world, 'a');
      const b = await owner(world, 'b');
      await a.beat();
      await b.beat();
      const [model] = a.ownership.models();
      const decide = (fence: Parameters<typeof requireFence>[1]) =>
        world.ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
      await a.ownership.hold(model!, async (fence) => {
        await decide(fence);
        await world.sleep(EXPIRES_MS, b.server);
        await expect(decide(fence)).rejects.toMatchObject({ code: 'lease_lost' });
        await b.beat();
        expect(b.ownership.models()).toHaveLength(21);
        await b.ownership.hold(model!, async (theirs) => {
          expect(theirs.fence).toBeGreaterThan(fence.fence);
          await decide(theirs);
          // it is back, and has not noticed that another has the model now
          await a.server.publish();
          await expect(decide(fence)).rejects.toMatchObject({ code: 'lease_lost' });
        });
      });
    }),
  );

  test(
    'a server that stops hands over at once, while its rows still count',
    inWorld(async (world) => {
      const a = await owner(world, 'a');
      const b = await owner(world, 'b');
      await a.server.retire();
      expect(a.server.valid()).toBe(false);
      await b.beat();
      expect(b.ownership.models()).toHaveLength(21);
      expect(await visibleTo(world.ctx)).toBeGreaterThan(0);
    }),
  );

  test.runIf(shared)(
    'a decision that stands still holds up its own model, and no heartbeat',
    inWorld(async (world) => {
      const a = await owner(world, 'a');
      const [model] = a.ownership.models();
      const [locked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const deciding = a.ownership.hold(model!, (fence) =>
        world.ctx.ledger.transaction().execute(async (trx) => {
          await requireFence(trx, fence);
          locked.resolve();
          await gate.promise;
        }),
      );
      await locked.promise;
      const b = await world.server('b');
      await world.sleep(EXPIRES_MS, b);
      const theirs = createOwnership(world.ctx, b, async () => names);
      await theirs.refresh();
      expect(theirs.models()).toEqual(names.filter((name) => name !== model));
      gate.resolve();
      await deciding;
      await theirs.refresh();
      expect(theirs.models()).toHaveLength(21);
    }),
  );
}

describe('on SQLite', () => contract(() => createJobsWorld(), { shared: false }));

describe('on PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  contract(async () => createJobsWorld(await postgres.createDatabase()), { shared: true });
});

test('a server whose heartbeat is late stops deciding before the others take over', async () => {
  const world = await createJobsWorld();
  const server = await world.server('a');
  world.elapsed = 11_999;
  expect(server.valid()).toBe(true);
  world.elapsed = 12_000;
  expect(server.valid()).toBe(false);
  await server.publish();
  expect(server.valid()).toBe(true);
  await world.close();
});

test('whoever is alone on a ledger forgets the dead, and begins above their marks', async () => {
  const world = await createJobsWorld();
  await world.server('before', marks(4_000));
  const mine = marks(1);
  await world.alone('after', mine);
  expect(mine.at).toBe(4_000);
  const rows = await world.ctx.ledger.selectFrom('servers').select('id').execute();
  expect(rows).toEqual([{ id: 'after' }]);
  await world.close();
});
