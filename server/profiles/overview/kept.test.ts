import { afterAll, beforeAll, expect, test } from 'vitest';
import { actingAs, type Ctx } from '../../context.ts';
import { keptAnswer } from '../../store/lake/kept-answers.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { run } from '../../store/lake/migrations.ts';
import { getTimeline } from '../distribution/get-timeline.ts';
import { addReference } from '../references/add-reference.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import { addLabels, addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { getTraffic } from './get-traffic.ts';
import { listSummaries } from './list-summaries.ts';

let world: World;
let ctx: Ctx;
/** How many statements read profiles. */
let reads = 0;
beforeAll(async () => {
  world = await createWorld();
  ctx = { ...world.ctx, lake: watched(world.ctx.lake) };
  await addModel(world, 'm', { x: 'numeric', c: 'categorical' });
  await addPredictions(
    world,
    'm',
    Array.from({ length: 480 }, (_, i) => ({
      _id: `p${i}`,
      _time: START + i * 180_000,
      ...{ _version: 'v1', x: Math.sin(i), c: `c${i % 4}` },
    })),
  );
  await rollUp(world.ctx, 'm');
});
afterAll(() => world.close());

function watched(lake: Lake): Lake {
  return {
    query(sql, ...rest) {
      if (sql.includes('profiles FINAL')) reads++;
      return lake.query(sql, ...rest);
    },
    insert: lake.insert.bind(lake),
    command: lake.command.bind(lake),
    close: () => lake.close(),
  };
}

const range = { from: START, to: START + 24 * HOUR };

/** What the pages are told, and by how many statements. */
async function ask() {
  const before = reads;
  const [summaries, traffic, timeline] = await Promise.all([
    listSummaries(ctx, 'm', range),
    getTraffic(ctx, 'm', range),
    getTimeline(ctx, 'm', 'x', range),
  ]);
  const summary = (name: string) => summaries.items.find((column) => column.name === name);
  return { read: reads - before, summary, traffic: traffic.points, timeline: timeline.points };
}

test('what was read is kept until a bucket of it is written again, however late', async () => {
  const first = await ask();
  expect(first.read).toBe(4);
  expect(first.summary('x')!.held.n).toBe(480);
  const second = await ask();
  expect(second.read).toBe(0);
  expect(second.timeline).toEqual(first.timeline);

  world.now += HOUR;
  await addPredictions(world, 'm', [
    { _id: 'late', _time: START + 2 * HOUR, _version: 'v2', x: 9, c: 'new' },
  ]);
  await rollUp(world.ctx, 'm');
  const late = await ask();
  expect(late.summary('x')!.held).toMatchObject({ n: 481, max: 9 });
  expect([late.traffic[2]!.n, late.timeline[2]!.n, late.timeline[2]!.max]).toEqual([21, 21, 9]);

  await addLabels(world, 'm', [{ id: 'p0', label: 'yes' }]);
  await rollUp(world.ctx, 'm');
  expect((await ask()).summary('_label')!.held.n).toBe(1);
  await addLabels(world, 'm', [{ id: 'p470', label: 'no' }]);
  await rollUp(world.ctx, 'm');
  const labelled = await ask();
  expect(labelled.summary('_label')!.held.n).toBe(2);

  await run(world.ctx.lake, 'OPTIMIZE TABLE {rows:profiles} FINAL');
  expect((await ask()).timeline).toEqual(labelled.timeline);
});

test('those who ask at the same time share what is read', async () => {
  const other = { from: START, to: START + 12 * HOUR };
  const before = reads;
  await Promise.all(Array.from({ length: 5 }, () => getTraffic(ctx, 'm', other)));
  expect(reads - before).toBe(1);
});

test('another reference tells what is new anew, and values are named to nobody but who may see them', async () => {
  const news = async () =>
    (await getTimeline(ctx, 'm', 'c', range)).points.reduce((sum, point) => sum + point.new, 0);
  expect(await news()).toBe(0);
  const fixed = { kind: 'fixed' as const, from: START + 4 * HOUR, to: START + 8 * HOUR, default: true };
  await addReference(world.ctx, 'm', { ...fixed, name: 'four hours' });
  expect(await news()).toBe(1);
  const viewer = actingAs(ctx, { ...ctx.actor, scopes: new Set(['read'] as const) });
  const top = async (of: Ctx) =>
    (await listSummaries(of, 'm', range)).items.find(({ name }) => name === 'c')!.top;
  expect(JSON.stringify(await top(ctx))).toContain('c1');
  expect(JSON.stringify(await top(viewer))).not.toContain('c1');
});

test('what is kept is bounded: the one asked for longest ago goes first, one that failed is not kept', async () => {
  const origin = {
    rows: 'tiltmeter.profiles WHERE model = {model:String}',
    params: { model: 'm' },
    revision: 'revision',
  };
  let made = 0;
  const large = (name: number) =>
    keptAnswer(ctx.lake, origin, ['large', name], async () => {
      made++;
      return 'x'.repeat(5_000_000);
    });
  for (const name of [1, 2, 3, 4, 1, 5, 1]) await large(name);
  expect(made).toBe(5);
  await large(2);
  expect(made).toBe(6);
  const failing = keptAnswer(ctx.lake, origin, ['failed'], () => Promise.reject(new Error('away')));
  await expect(failing).rejects.toThrow('away');
  expect(await keptAnswer(ctx.lake, origin, ['failed'], async () => 'there')).toBe('there');
});
