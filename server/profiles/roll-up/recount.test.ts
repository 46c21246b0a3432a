import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ColumnType } from '../../../contract/model.ts';
import { configureModel } from '../../models/configure-model.ts';
import { modelTableName } from '../../store/lake/model-table.ts';
import { codeOf } from '../compute.ts';
import { columnHeads, profileHead } from '../heads/read-heads.ts';
import { readColumns, readProfiles } from '../read/read-profiles.ts';
import { addModel, addPredictions, createWorld, HOUR, START, snapshot, type World } from '../test-world.ts';
import { type RollUpOptions, rollUp } from './roll-up.ts';
import { modelsToRollUp } from './waiting.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const EVER = { from: 0, to: START + 1000 * 24 * HOUR };
const SCHEMAS = { maxColumns: 1000, forget() {} } as never;
const DAY = 24 * HOUR;
const take = (model: string, column: string, type: ColumnType) =>
  configureModel(world.ctx, SCHEMAS, model, { columns: { [column]: { type } } });
const column = async (model: string, name: string, range = EVER) =>
  (await readColumns(world.ctx, { model, ...range })).get(name);
/** Six a day: classes 1, 2, 3 and −0, now and then missing or not a number. */
const rows = (days: number, first: number) =>
  Array.from({ length: days * 6 }, (_, i) => ({
    _id: `p${first}-${i}`,
    _time: first + i * 4 * HOUR,
    _version: i % 2 ? 'v1' : 'v2',
    zone: i % 10 === 9 ? null : [1, 2, 3, -0][i % 4],
    amount: i / 7,
    _misfit: i % 20 === 19 ? { zone: 'x' } : {},
  }));

/** How the counts come about: by this process, by one statement, by a statement for each column. */
const WAYS: [string, number, RollUpOptions][] = [
  ['few', 6, {}],
  ['statements', 3, { fewValues: 0 }],
  ['little-memory', 1, { fewValues: 0, memoryBytes: 1 }],
];
const shares = (days: number) => {
  const given = rows(days, START).filter(({ zone, _misfit }) => zone !== null && !('zone' in _misfit));
  const counts = Map.groupBy(given, ({ zone }) => String(zone! + 0));
  return new Map([...counts].map(([zone, { length }]) => [zone, length]));
};

test.each(WAYS)('numbers are taken for categories, and for numbers again: %s', async (way, days, options) => {
  const model = `zones-${way}`;
  await addModel(world, model, { zone: 'numeric', amount: 'numeric' });
  await addPredictions(world, model, rows(days, START));
  await rollUp(world.ctx, model, options);
  const numbers = await snapshot(world, model);
  expect(await modelsToRollUp(world.ctx, [model])).toEqual([]);

  await take(model, 'zone', 'categorical');
  expect(await modelsToRollUp(world.ctx, [model])).toEqual([model]);
  await rollUp(world.ctx, model, options);
  const { counts, ...rest } = (await column(model, 'zone'))!;
  expect(counts).toEqual(shares(days));
  expect(rest).toMatchObject({ n: days * 6, min: null, grid: new Map(), other: 0 });
  expect(await modelsToRollUp(world.ctx, [model])).toEqual([]);
  const { rewrites } = (await profileHead(world.ctx, model))!;
  expect(rewrites.at(-1)).toMatchObject({ what: 'columns', columns: ['zone'] });

  // What comes from now on is counted so.
  await addPredictions(world, model, rows(1, START + days * DAY));
  await rollUp(world.ctx, model, options);
  expect((await column(model, 'zone'))!.counts.get('1')).toBe(shares(days).get('1')! + 2);

  await take(model, 'zone', 'numeric');
  await rollUp(world.ctx, model, options);
  const back = await snapshot(world, model);
  expect(back).toEqual(expect.arrayContaining(numbers));
});

test('where predictions are gone, what was counted stays aside and comes back', async () => {
  const model = 'zones-gone';
  const old = START - 90 * DAY;
  await addModel(world, model, { zone: 'numeric', amount: 'numeric' });
  await addPredictions(world, model, [...rows(31, old), ...rows(40, START)]);
  await rollUp(world.ctx, model);
  const before = await column(model, 'zone', { from: old, to: START });
  expect(before!.n).toBe(186);
  await world.ctx.lake.command(
    `ALTER TABLE tiltmeter.${modelTableName(model)} DELETE WHERE _time < fromUnixTimestamp64Milli({start:Int64}, 'UTC')
     SETTINGS mutations_sync = 1`,
    { start: START },
  );
  await take(model, 'zone', 'categorical');
  await rollUp(world.ctx, model);
  expect(await column(model, 'zone', { from: old, to: START })).toBeUndefined();
  expect((await column(model, 'zone', { from: START, to: EVER.to }))!.counts.get('1')).toBe(60);
  // The other column and the number of predictions stay whole.
  expect((await column(model, 'amount'))!.n).toBe(426);
  expect((await columnHeads(world.ctx, model)).get('zone')!.first).toBe(START);
  const changes = await world.ctx.lake.query<{ title: string; ms: number }>(
    "SELECT title, toUnixTimestamp64Milli(time) AS ms FROM tiltmeter.changes WHERE model = 'zones-gone'",
  );
  expect(changes).toEqual([
    {
      title:
        'zone is counted as categories from 2026-10-01 on; the predictions before are not kept, their profiles stay as numbers',
      ms: Date.UTC(2026, 9, 1),
    },
  ]);
  await take(model, 'zone', 'numeric');
  await rollUp(world.ctx, model);
  expect(await column(model, 'zone', { from: old, to: START })).toEqual(before);
});

test('a roll-up that dies half way is made good by the next', async () => {
  const model = 'zones-dying';
  await addModel(world, model, { zone: 'numeric', amount: 'numeric' });
  await addPredictions(world, model, rows(70, START));
  await rollUp(world.ctx, model);
  await take(model, 'zone', 'categorical');
  for (let most = 1; most < 9; most++) {
    let left = most;
    const lake = Object.assign(Object.create(world.ctx.lake), {
      command: (...args: Parameters<typeof world.ctx.lake.command>) => {
        if (left-- === 0) throw new Error('gone');
        return world.ctx.lake.command(...args);
      },
    });
    const done = await rollUp({ ...world.ctx, lake }, model).catch(() => null);
    if (done !== null) break;
  }
  await rollUp(world.ctx, model);
  const { counts, n } = (await column(model, 'zone'))!;
  expect([n, counts.get('1'), counts.get('0')]).toEqual([420, 105, 84]);
});

test('a column that never was numeric gets a grid when it is to be', async () => {
  const model = 'zones-first';
  await addModel(world, model, { zone: 'numeric', amount: 'numeric' });
  await take(model, 'zone', 'categorical');
  await addPredictions(world, model, rows(50, START));
  await rollUp(world.ctx, model);
  const each = await readProfiles(world.ctx, { model, columns: ['zone'], ...EVER }, { step: DAY });
  expect(each).toHaveLength(50);
  expect(each[0]!.profile.counts.get('1')).toBe(2);
  await take(model, 'zone', 'numeric');
  await rollUp(world.ctx, model);
  world.now += 700_000;
  await rollUp(world.ctx, model);
  const { grid, min, max, counts } = (await column(model, 'zone'))!;
  expect([min, max, counts.size, [...grid.values()].reduce((a, b) => a + b)]).toEqual([0, 3, 0, 270]);
});

test('codes are written as people write them, here and in the engine', async () => {
  const values = [
    1,
    0,
    -0,
    75001,
    2 ** 32,
    2 ** 53,
    1.5,
    1e20,
    1e21,
    123e30,
    1e-7,
    0.000123,
    -12,
    1 / 3,
    2 ** 53 + 2,
  ];
  const [row] = await world.ctx.lake.query<{ texts: string[] }>(
    'SELECT arrayMap(x -> toString(x + 0), {values:Array(Float64)}) AS texts',
    { values },
  );
  expect(values.map(codeOf)).toEqual(row!.texts);
  expect(row!.texts.slice(0, 4)).toEqual(['1', '0', '0', '75001']);
});
