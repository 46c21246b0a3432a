import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../../context.ts';
import { profileHead } from '../heads/read-heads.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { addReference } from './add-reference.ts';
import { keptReference } from './keep.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('a reference is read once, and again when profiles of its time were written', async () => {
  const { ctx } = world;
  await addModel(world, 'm', { x: 'numeric' });
  const rows = (from: number, n: number) =>
    Array.from({ length: n }, (_, i) => ({ _id: `${from}-${i}`, _time: START + from * HOUR + i, x: i }));
  await addPredictions(world, 'm', [...rows(0, 300), ...rows(30, 300)]);
  await rollUp(ctx, 'm');
  const window = { from: START, to: START + 24 * HOUR };
  const { id } = await addReference(ctx, 'm', { name: 'first', kind: 'fixed', ...window, default: false });
  let reads = 0;
  const counting: Ctx = {
    ...ctx,
    lake: {
      ...ctx.lake,
      query<Row>(...args: Parameters<Ctx['lake']['query']>) {
        reads++;
        return ctx.lake.query<Row>(...args);
      },
    },
  };
  const kept = async () => {
    const head = (await profileHead(ctx, 'm'))!;
    const { profiles } = await keptReference(counting, head, id, { at: START + 40 * HOUR });
    return profiles.get('x')!.n;
  };
  expect(await kept()).toBe(300);
  expect(await kept()).toBe(300);
  expect(reads).toBe(1);

  world.now += HOUR;
  await addPredictions(world, 'm', rows(31, 50));
  await rollUp(ctx, 'm');
  expect(await kept()).toBe(300);
  expect(reads).toBe(1);

  world.now += HOUR;
  await addPredictions(world, 'm', rows(2, 50));
  await rollUp(ctx, 'm');
  expect(await kept()).toBe(350);
  expect(reads).toBe(2);
});
