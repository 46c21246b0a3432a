import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
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
import type { Lake } from '../../store/lake/lake.ts';
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
const DAYS = 366;
const STEP = 2 * HOUR;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** The lake, and how much event time each statement of profiles asked for. */
function watched(): { lake: Lake; spans: number[] } {
  const { lake } = world.ctx;
  const spans: number[] = [];
  return {
    spans,
    lake: {
      ...lake,
      query(sql, params, options) {
        const { from, to } = (params ?? {}) as { from?: number; to?: number };
        if (sql.includes('tiltmeter.profiles') && from !== undefined && to !== undefined)
          spans.push((to - from) / DAY);
        return lake.query(sql, params, options);
      },
      insert: (batch) => lake.insert(batch),
      command: (sql, params, options) => lake.command(sql, params, options),
    },
  };
}

test('a label for a bucket of a year ago is judged with its own window, and reads nothing since', async () => {
  world.now = START + DAYS * DAY;
  await addModel(world, 'm', { _prediction: 'numeric' }, { task: 'regression', window_ms: 7 * DAY });
  const next = random(5);
  const rows = Array.from({ length: (DAYS * DAY) / STEP }, (_, i) => ({
    _id: `p${i}`,
    _time: START + i * STEP,
    _prediction: 50,
  }));
  await addPredictions(world, 'm', rows);
  const labels = rows.map(({ _id }) => ({ id: _id, label: 50 + randomNormal(next) }));
  await addLabels(world, 'm', labels);
  const judge = async (lake: Lake) => {
    for (let look = 0; look < 2; look++) {
      world.now += 60_000;
      await rollUp(world.ctx, 'm');
    }
    return evaluate({ ...world.ctx, lake }, await holdModel(world.ctx, 'm'));
  };
  const first = await judge(world.ctx.lake);
  expect(first.buckets).toBeGreaterThan(8_000);

  const old = rows[500]!;
  await addLabels(world, 'm', [{ id: old._id, label: 80 }]);
  const { lake, spans } = watched();
  const again = await judge(lake);
  expect(again.buckets).toBe(0);
  const [{ changed } = { changed: 0 }] = await world.ctx.lake.query<{ changed: number }>(
    `SELECT count() AS changed FROM (
  SELECT time, argMax(signal_values.value, tuple(known = 'now', known_at)) AS now, argMin(signal_values.value, tuple(known = 'now', known_at)) AS first
  FROM tiltmeter.signal_values WHERE model = 'm' AND kind = 'performance' AND signal_values.value IS NOT NULL GROUP BY time
) WHERE now != first`,
  );
  expect(changed).toBeGreaterThan(50);
  expect(changed).toBeLessThan(500);
  expect(again.points).toBeLessThan(2_000);
  expect(spans.length).toBeGreaterThan(2);
  // Exactly which buckets were rewritten is asked of the stretch that the roll-up named, whatever its length.
  const [whichOnes, ...reads] = spans.sort((a, b) => b - a);
  expect(whichOnes).toBeLessThanOrEqual(DAYS + 1);
  for (const days of reads) expect(days).toBeLessThan(100);
}, 120_000);
