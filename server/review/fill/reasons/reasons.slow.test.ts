import { afterAll, beforeAll, expect, test } from 'vitest';
import { profiledColumns } from '../../../models/columns/profiled-columns.ts';
import { findModel } from '../../../models/find-model.ts';
import { rollUp } from '../../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../../profiles/test-world.ts';
import { REASONS } from './index.ts';
import type { Looked } from './reason.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world.close());

async function looked(model: string, more: Partial<Looked> = {}): Promise<Looked> {
  return {
    model: await findModel(world.ctx, model),
    columns: await profiledColumns(world.ctx, model),
    ...{ from: START, to: START + HOUR, n: 100, every: 1, seed: 1, limit: 4, known: [] },
    ...more,
  };
}

test('the audit draws each prediction of a stratum as often as every other, and the strata one after the other', async () => {
  await addModel(world, 'classes', { _prediction: 'categorical' }, { task: 'binary' });
  const rows = Array.from({ length: 24 }, (_, i) => ({
    ...{ _id: `p${i}`, _time: START + i * 1000, _prediction: i < 4 ? 'yes' : 'no' },
  }));
  // What has no answer, and what is of another hour, is never drawn.
  await addPredictions(world, 'classes', [...rows, { _id: 'none', _time: START, _prediction: null }, { _id: 'late', _time: START + HOUR, _prediction: 'yes' }]); // biome-ignore format: one line
  const drawn = new Map<string, number>();
  const draws = 600;
  for (let seed = 0; seed < draws; seed += 1) {
    const found = await REASONS.audit.find(world.ctx, await looked('classes', { seed }));
    expect(found.map(({ stratum }) => stratum)).toEqual(['no', 'yes', 'no', 'yes']);
    expect(found.map(({ among }) => among)).toEqual([20, 4, 20, 4]);
    for (const { id } of found) drawn.set(id, (drawn.get(id) ?? 0) + 1);
  }
  const chiSquare = (ids: string[], each: number) =>
    ids.reduce((sum, id) => sum + ((drawn.get(id) ?? 0) - each) ** 2 / each, 0);
  const ids = rows.map(({ _id }) => _id);
  // 99.9 % points of chi-square with 3 and 19 degrees of freedom; draws without replacement scatter less.
  expect(chiSquare(ids.slice(0, 4), (2 * draws) / 4)).toBeLessThan(16.27);
  expect(chiSquare(ids.slice(4), (2 * draws) / 20)).toBeLessThan(43.82);
}, 120_000);

test('a regression has its audit, and the largest losses; nothing of confidence', async () => {
  await addModel(world, 'numbers', { _prediction: 'numeric' }, { task: 'regression' });
  const rows = Array.from({ length: 20 }, (_, i) => ({ _id: `r${i}`, _time: START + i, _prediction: i, _score: 0.5 })); // biome-ignore format: one line
  await addPredictions(world, 'numbers', rows);
  await addLabels(world, 'numbers', rows.map(({ _id, _prediction }, i) => ({ id: _id, label: i === 7 ? 90 : _prediction }))); // biome-ignore format: one line
  for (let run = 0; run < 2; run += 1) {
    world.now += 60_000;
    await rollUp(world.ctx, 'numbers');
  }
  const of = await looked('numbers');
  expect((await REASONS.high_loss.find(world.ctx, of))[0]).toMatchObject({
    id: 'r7',
    value: 83,
    stratum: '',
  });
  expect(await REASONS.low_confidence.find(world.ctx, of)).toEqual([]);
  expect(await REASONS.unusual_attributions.find(world.ctx, of)).toEqual([]);
  expect(await REASONS.novel.find(world.ctx, of)).toEqual([]);
  expect(await REASONS.audit.find(world.ctx, of)).toHaveLength(4);
  const known = (await REASONS.high_loss.find(world.ctx, { ...of, known: ['r7'] })).map(({ id }) => id);
  expect(known).not.toContain('r7');
}, 60_000);

test('of many predictions an even share is looked at', async () => {
  await addModel(world, 'many', { _prediction: 'categorical' }, { task: 'binary' });
  const rows = Array.from({ length: 3_000 }, (_, i) => ({
    _id: `m${i}`,
    _time: START + i,
    _prediction: 'no',
  }));
  await addPredictions(world, 'many', rows);
  const [first] = await REASONS.audit.find(world.ctx, await looked('many', { every: 10 }));
  expect(Math.abs(first!.among! - 3_000)).toBeLessThan(500);
}, 60_000);
