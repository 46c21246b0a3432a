import { afterAll, beforeAll, expect, test } from 'vitest';
import { gridIndex } from '../../../stats/asinh-grid.ts';
import { random, randomNormal } from '../../../stats/random.ts';
import { readGrids } from '../../models/columns/grids.ts';
import { answerBand, ERROR_AT } from '../../profiles/profile.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../profiles/test-world.ts';
import { getEstimate } from './estimated-error.ts';

const DAY = 24 * HOUR;
const ROWS = 900;
let world: World;

/** Errors grow with `size`; on the second day, which has no labels but a few, sizes are large. */
const next = random(8);
const rows = Array.from({ length: 2 * ROWS }, (_, i) => {
  const size = i < ROWS ? next() * 4 : 2 + next() * 2;
  const prediction = 100 + 10 * size;
  return { time: START + (i * DAY) / ROWS, size, prediction, label: prediction + size * randomNormal(next) };
});

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 10 * DAY;
  await addModel(
    world,
    'm',
    { size: 'numeric', kind: 'categorical', _prediction: 'numeric' },
    { task: 'regression' },
  );
  await addPredictions(
    world,
    'm',
    rows.map(({ time, size, prediction }, i) => ({
      ...{ _id: `p${i}`, _time: time, size, kind: i % 2 ? 'a' : null, _prediction: prediction },
    })),
  );
  await addLabels(
    world,
    'm',
    rows.flatMap(({ label }, i) => (i < ROWS || i % 3 === 0 ? [{ id: `p${i}`, label }] : [])),
  );
  for (let run = 0; run < 3; run++) {
    world.now += HOUR;
    await rollUp(world.ctx, 'm');
  }
});
afterAll(() => world.close());

test('the error of numbers without labels: what such inputs had before, beside what labels show', async () => {
  const found = await getEstimate(world.ctx, 'm', { from: START + DAY, to: START + 2 * DAY });
  const [mae] = found.measures;
  expect(found).toMatchObject({ unknown: null, learned: ROWS });
  // |error| is size · √(2/π) on average: sizes were 2 and are 3.
  const each = Math.sqrt(2 / Math.PI);
  expect(Math.abs(mae!.estimated.value! - 3 * each)).toBeLessThan(0.3);
  expect(mae!.estimated.n).toBe(ROWS);
  expect(Math.abs(mae!.reference.value! - 2 * each)).toBeLessThan(0.2);
  expect(mae!.error).toMatchObject({ n: ROWS / 3, status: 'ok' });
  expect(mae!.error.low!).toBeLessThan(0);
  expect(mae!.error.high!).toBeGreaterThan(0);
  expect(found.checks.map(({ id, holds }) => [id, holds])).toEqual([
    ['calibration', true],
    ['worth', true],
    ['support', true],
    ['concept', null],
  ]);
});

test('where nothing was labelled before, the labelled rows of the range teach; without any there is a reason', async () => {
  const own = await getEstimate(world.ctx, 'm', { from: START, to: START + DAY });
  expect(own).toMatchObject({ learned: ROWS, unknown: null });
  await addModel(world, 'none', { size: 'numeric', _prediction: 'numeric' }, { task: 'regression' });
  await addPredictions(world, 'none', [{ _id: 'n', _time: START, size: 1, _prediction: 1 }]);
  await rollUp(world.ctx, 'none');
  const none = await getEstimate(world.ctx, 'none', { from: START, to: START + DAY });
  expect(none).toMatchObject({ measures: [], unknown: { reason: 'nothing_learned' } });
});

test('errors are counted by the size of the answer, as they are row by row', async () => {
  const known = rows.filter((_, i) => i < ROWS || i % 3 === 0);
  const range = { model: 'm', from: START, to: START + 3 * DAY };
  const [profiles, grids] = await Promise.all([readColumns(world.ctx, range), readGrids(world.ctx, 'm')]);
  const grid = grids.get('_prediction')!;
  const bands = new Map<string, number[]>();
  for (const { prediction, label } of known) {
    const name = ERROR_AT + answerBand(gridIndex(prediction, grid));
    bands.set(name, [...(bands.get(name) ?? []), Math.abs(prediction - label)]);
  }
  expect([...profiles.keys()].filter((name) => name.startsWith(ERROR_AT)).sort()).toEqual(
    [...bands.keys()].sort(),
  );
  expect(bands.size).toBeGreaterThan(3);
  for (const [name, errors] of bands) {
    expect(profiles.get(name)!.n).toBe(errors.length);
    expect(profiles.get(name)!.sum).toBeCloseTo(
      errors.reduce((sum, x) => sum + x, 0),
      8,
    );
  }
});
