import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
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
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
const PER_DAY = 400;
/** From here on most answers are wrong. */
const WORSE = 31;
const next = random(4);

interface Row {
  readonly id: string;
  readonly time: number;
  readonly right: boolean;
  /** When its label is known: of wrong answers within the hour, of right ones mostly after five days and a half. */
  readonly known: number;
}

const rows: readonly Row[] = Array.from({ length: 36 * PER_DAY }, (_, i) => {
  const time = START + (i * DAY) / PER_DAY;
  const right = next() < (i < WORSE * PER_DAY ? 0.8 : 0.3);
  return { id: `p${i}`, time, right, known: time + (right && next() < 5 / 8 ? 5.5 * DAY : HOUR / 2) };
});

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const of = { task: 'multiclass', bucket_ms: DAY, window_ms: 7 * DAY } as const;
  await addModel(world, 'm', { _prediction: 'categorical' }, of);
});
afterAll(() => world.close());

/** What comes from one day to another: predictions, and labels that are known by then. */
async function live(from: number, to: number): Promise<string> {
  const between = (time: number) => time >= START + from * DAY && time < START + to * DAY;
  await addPredictions(
    world,
    'm',
    rows
      .filter(({ time }) => between(time))
      .map(({ id, time, right }) => ({ _id: id, _time: time, _prediction: right ? 'yes' : 'no' })),
  );
  await addLabels(
    world,
    'm',
    rows.filter(({ known }) => between(known)).map(({ id, known }) => ({ id, label: 'yes', time: known })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
  const alert = await world.ctx.ledger
    .selectFrom('alerts')
    .select('state')
    .where('kind', '=', 'performance')
    .executeTakeFirstOrThrow();
  return alert.state;
}

test('labels that came so far are unlike those to come: no alarm while those could undo it', async () => {
  expect(await live(0, 28)).toBe('ok');
  for (const day of [28, 29, 30]) expect(await live(day, day + 1)).toBe('ok');
  const [{ value, high, status } = { value: 0, high: 0, status: '' }] = await world.ctx.lake.query<{
    value: number;
    high: number;
    status: string;
  }>(
    `SELECT signal_values.value AS value, high, status FROM tiltmeter.signal_values
WHERE model = 'm' AND kind = 'performance' AND signal_values.value IS NOT NULL ORDER BY time DESC LIMIT 1`,
  );
  // Eight of ten are right, and by what is known it is two of three.
  expect(value).toBeLessThan(0.7);
  expect(high).toBeGreaterThan(0.8);
  expect(status).toBe('ok');
});

test('what no label to come can undo is told at once', async () => {
  const states = [];
  for (const day of [31, 32, 33, 34, 35]) states.push(await live(day, day + 1));
  expect(states.at(-1)).toBe('firing');
});
