import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../profile.ts';
import { EVER, readColumns, readProfiles } from '../read/read-profiles.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  snapshot,
  type World,
} from '../test-world.ts';
import { allKeys, type Split } from './split.ts';

const ROWS = 1200;
let world: World;

const rows = Array.from({ length: ROWS }, (_, i) => ({
  _id: `p${i}`,
  _time: START + Math.floor(i / 200) * HOUR + (i % 200) * 1000,
  _version: `v${i % 8}`,
  _score: ((i * 37) % 100) / 100,
  _prediction: (i * 37) % 100 >= 50 ? 'yes' : 'no',
  _tags: i % 3 ? { channel: i % 2 ? 'app' : 'web' } : {},
  country: i % 10 ? `c${i % 7}` : null,
  age: 20 + (i % 60),
  many: `m${i}`,
  x: Math.sin(i) * 10,
}));

const TYPES = {
  _prediction: 'categorical',
  country: 'categorical',
  age: 'numeric',
  many: 'categorical',
  x: 'numeric',
} as const;

const segments = JSON.stringify(['country', 'channel', 'many', ['country', 'age']]);

async function splitsOf(model: string): Promise<Split[]> {
  const { splits } = await world.ctx.ledger
    .selectFrom('profile_heads')
    .select('splits')
    .where('model', '=', model)
    .executeTakeFirstOrThrow();
  return JSON.parse(splits) as Split[];
}

async function roll(model: string, options = {}): Promise<void> {
  for (let run = 0; run < 3; run++) {
    world.now += 150_000;
    await rollUp(world.ctx, model, options);
  }
}

const labels = rows
  .filter((_, i) => i % 2 === 0)
  .map(({ _id }, i) => ({ id: _id, label: i % 3 ? 'yes' : 'no' }));

beforeAll(async () => {
  world = await createWorld();
  const began = world.now;
  for (const model of ['here', 'engine', 'later']) {
    // Each at the same time: how long labels took is part of what is compared.
    world.now = began;
    await addModel(world, model, TYPES, {
      ...{ task: 'binary', positive_label: 'yes' },
      segments: model === 'later' ? null : segments,
    });
    await addPredictions(world, model, rows);
    await addLabels(world, model, labels);
    await roll(model, { fewValues: model === 'engine' ? 0 : 1_000_000 });
  }
});
afterAll(() => world.close());

const sums = (profile: { n: number; missing: number; invalid: number; other: number }) => profile.n;

/** Each split's segments together, column by column and bucket by bucket, are all rows. */
async function expectSums(model: string): Promise<void> {
  const splits = await splitsOf(model);
  expect(splits).toHaveLength(4);
  const whole = await readProfiles(world.ctx, { model, ...EVER }, { step: HOUR });
  for (const split of splits) {
    const parts = [];
    for (const segment of allKeys([split]))
      parts.push(...(await readProfiles(world.ctx, { model, segment, ...EVER }, { step: HOUR })));
    for (const { column, time, profile } of whole) {
      const own = parts.filter((part) => part.column === column && part.time === time);
      const total = (of: (profile: (typeof own)[number]['profile']) => number) =>
        own.reduce((sum, part) => sum + of(part.profile), 0);
      expect([column, total(sums)]).toEqual([column, profile.n]);
      expect(total(present)).toBe(present(profile));
      expect(total(({ sum }) => sum)).toBeCloseTo(profile.sum, 6);
      const cells = new Map<number, number>();
      for (const part of own)
        for (const [cell, n] of part.profile.grid) cells.set(cell, (cells.get(cell) ?? 0) + n);
      expect(new Map([...cells].sort())).toEqual(new Map([...profile.grid].sort()));
    }
  }
}

test.each(['here', 'engine'])('segments sum to the whole, with labels: counted %s', (model) =>
  expectSums(model),
);

test('the process and the engine count the same', async () => {
  const of = async (model: string) => (await snapshot(world, model)).sort();
  expect(await of('here')).toEqual(await of('engine'));
});

test('of a column with a value for every row twenty have profiles of their own, the rest is told as other', async () => {
  const many = (await splitsOf('here')).find(({ columns }) => columns[0]!.name === 'many')!;
  expect(many.values).toHaveLength(20);
  const rest = await readColumns(world.ctx, { model: 'here', segment: 'many=*', ...EVER });
  expect(rest.get('_all')!.n).toBe(ROWS - 20);
});

test('numbers are split by their quarters, which are stated; what is missing is a segment too', async () => {
  const both = (await splitsOf('here'))[3]!;
  expect(both.columns[1]).toEqual({ name: 'age', of: 'number', cuts: [34.8, 49.5, 64.3] });
  const none = await readColumns(world.ctx, { model: 'here', segment: 'country=', ...EVER });
  expect(none.get('_all')!.n).toBe(ROWS / 10);
  const app = await readColumns(world.ctx, { model: 'here', segment: 'channel=app', ...EVER });
  expect(app.get('_all')!.n).toBe(rows.filter(({ _tags }) => _tags.channel === 'app').length);
});

test('set later, what is stored is split as if it had always been; another setting leaves nothing behind', async () => {
  const set = (to: string | null) =>
    world.ctx.ledger.updateTable('models').set({ segments: to }).where('id', '=', 'later').execute();
  const whole = (await snapshot(world, 'later')).sort();
  await set(segments);
  await roll('later');
  await expectSums('later');
  expect((await snapshot(world, 'later')).sort()).toEqual((await snapshot(world, 'here')).sort());
  await set(JSON.stringify(['country']));
  await roll('later');
  const kept = new Set(
    (await snapshot(world, 'later')).map((row) => (JSON.parse(row) as { segment: string }).segment),
  );
  expect([...kept].every((key) => key === '' || key.startsWith('country='))).toBe(true);
  await set(null);
  await roll('later');
  expect((await snapshot(world, 'later')).sort()).toEqual(whole);
});

test('another length of buckets', async () => {
  await world.ctx.ledger
    .updateTable('models')
    .set({ bucket_ms: 2 * HOUR })
    .where('id', '=', 'here')
    .execute();
  await roll('here');
  const days = await readProfiles(
    world.ctx,
    { model: 'here', segment: 'country=c1', columns: ['_all'], ...EVER },
    { step: HOUR },
  );
  expect(days.map(({ time }) => (time - START) / HOUR)).toEqual([0, 2, 4]);
});
