import { afterAll, beforeAll, expect, test } from 'vitest';
import { addModel, createWorld, HOUR, START, type World } from '../profiles/test-world.ts';
import type { Lake } from '../store/lake/lake.ts';
import { run } from '../store/lake/migrations.ts';
import { readHeads } from './heads/read-heads.ts';
import type { Measurement } from './measurement.ts';
import { readEveryValue } from './read-every-value.ts';
import { readSignals, seriesCursor } from './read-signals.ts';
import type { Series } from './series.ts';
import { SignalBatch } from './signal-batch.ts';
import { withdrawValues } from './withdraw.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
  await addModel(world, 'm', {});
  await addModel(world, 'quiet', {});
});
afterAll(() => world.close());

const HOURS = 100;

const series = (kind: string, metric: string, column = ''): Series => ({
  model: 'm',
  monitor: `${kind}-1`,
  kind,
  metric,
  layer: 'data',
  column,
  segment: '',
  version: '',
  definition: `${metric}@1`,
  unit: '',
});

const measured = (value: number | null, status = 'ok'): Measurement => ({
  value,
  low: value,
  high: value,
  n: 10,
  window: 1,
  threshold: 0.5,
  baseline: 0,
  status,
  verdict: 'within',
  reason: 'within_hysteresis',
});

const headline = (_kind: string, metric: string) => ({ roc_auc: 1, accuracy: 2 })[metric] ?? null;

type Values = readonly (number | null)[];

/** Stores values of the hours from START on; `null` is a value that is late. */
async function store(of: Series, values: Values, known: 'then' | 'now' = 'then', from = 0): Promise<void> {
  world.now += 1000;
  const batch = new SignalBatch(world.ctx, world.now, headline);
  const points = values.map((value, i) => ({
    time: START + (from + i) * HOUR,
    measured: measured(value, value === null ? 'labels_not_mature' : 'ok'),
  }));
  await batch.add(of, points, known);
  await batch.flush();
}

const wave = Array.from({ length: HOURS }, (_, i) => ((i * 37) % 100) / 100);
const read = (filter: object, options: Partial<Parameters<typeof readSignals>[2]> = {}) =>
  readSignals(world.ctx, { model: 'm', ...filter }, { points: 1_000, known: 'now', ...options });
const valuesOf = async (filter: object, known: 'now' | 'then') =>
  (await read(filter, { known }))[0]?.points.map(({ value }) => value);
const stored = (kind: string) =>
  world.ctx.lake.query<{ n: number }>(
    'SELECT count() AS n FROM tiltmeter.signal_values WHERE kind = {kind:String}',
    { kind },
  );

test('two values of a bucket are kept, as first judged and as known now; nothing in between', async () => {
  const quality = series('quality', 'roc_auc');
  await store(quality, [null, null, null]);
  await store(quality, [0.9, 0.8, 0.7]);
  for (const late of [0.71, 0.72, 0.73, 0.74]) await store(quality, [late], 'now', 2);
  const both = async () => {
    expect(await valuesOf({ kind: ['quality'] }, 'then')).toEqual([0.9, 0.8, 0.7]);
    expect(await valuesOf({ kind: ['quality'] }, 'now')).toEqual([0.9, 0.8, 0.74]);
  };
  await both();
  await run(world.ctx.lake, 'OPTIMIZE TABLE {rows:signal_values} FINAL');
  expect(await stored('quality')).toEqual([{ n: 4 }]);
  await both();
});

test('an answer is kept until a value of its range is stored or withdrawn', async () => {
  let reads = 0;
  const { lake } = world.ctx;
  const counted: Lake = {
    query(sql, ...rest) {
      if (sql.includes('signal_values FINAL')) reads++;
      return lake.query(sql, ...rest);
    },
    insert: lake.insert.bind(lake),
    command: lake.command.bind(lake),
    close: () => lake.close(),
  };
  const ctx = { ...world.ctx, lake: counted };
  const values = async (known: 'now' | 'then' = 'now') => {
    const range = { model: 'm', kind: ['kept'], from: START, to: START + 9 * HOUR };
    const [signal] = await readSignals(ctx, range, { points: 100, known });
    return signal?.points.map(({ value }) => value);
  };
  const kept = series('kept', 'share');
  await store(kept, [0.1, 0.2]);
  const both = () => Promise.all([values(), values(), values()]);
  expect(await both()).toEqual(Array(3).fill([0.1, 0.2]));
  expect([await values(), reads]).toEqual([[0.1, 0.2], 1]);
  await store(kept, [0.3], 'now', 1);
  expect(await values()).toEqual([0.1, 0.3]);
  await store(kept, [0.4], 'now', 1);
  expect(await values()).toEqual([0.1, 0.4]);
  expect(await values('then')).toEqual([0.1, 0.2]);
  await store(kept, [0.5], 'then', 40);
  expect([await values(), reads]).toEqual([[0.1, 0.4], 4]);
  world.now += 1000;
  await withdrawValues(world.ctx, 'm', [kept.monitor], world.now);
  expect(await values()).toBeUndefined();
});

test('what was stored twice under the same word is read once', async () => {
  const twice = series('twice', 'share');
  await store(twice, [0.9, 0.9]);
  await store(twice, [0.1, 0.2]);
  for (const known of ['then', 'now'] as const)
    expect(await valuesOf({ kind: ['twice'] }, known)).toEqual([0.1, 0.2]);
});

test('folded, a series keeps the worst of each step, in the direction of its metric, and says so', async () => {
  await store(series('drift', 'distance', 'a'), wave);
  await store(series('traffic', 'count'), wave);
  const range = { kind: ['drift', 'traffic'], from: START, to: START + HOURS * HOUR };
  const folded = await read(range, { points: 11, lower: ['count'] });
  const begin = (START / HOUR) % 10;
  const steps = [...Map.groupBy(wave, (_, i) => Math.floor((begin + i) / 10)).values()];
  expect(folded.map(({ points }) => points.map(({ value }) => value))).toEqual([
    steps.map((step) => Math.max(...step)),
    steps.map((step) => Math.min(...step)),
  ]);
  const fold = { step_ms: 10 * HOUR, columns: false };
  expect(folded.map((signal) => signal.fold)).toEqual([
    { ...fold, keeps: 'highest' },
    { ...fold, keeps: 'lowest' },
  ]);
  for (const points of [1, 2, 7, 99])
    for (const signal of await read(range, { points }))
      expect(signal.points.length).toBeLessThanOrEqual(points);
  const whole = await read(range);
  expect(whole.map(({ folded, fold, points }) => [folded, fold, points.length])).toEqual([
    [false, null, HOURS],
    [false, null, HOURS],
  ]);
});

test('series come in pages, each once', async () => {
  for (const column of ['b', 'c', 'd']) await store(series('drift', 'distance', column), [0.1]);
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read({ kind: ['drift'] }, { limit: 3, cursor });
    found.push(...page.slice(0, 2).map(({ column }) => column));
    if (page.length < 3) break;
    cursor = seriesCursor(page[1]!);
  }
  expect(found).toEqual(['a', 'b', 'c', 'd']);
});

test('every bucket is read page after page, and nothing is left out', async () => {
  const values = new Map<string, (number | null)[]>();
  let pages = 0;
  for (let cursor: string | null | undefined; cursor !== null; pages++) {
    const page = await readEveryValue(world.ctx, { model: 'm' }, { known: 'now', limit: 17, cursor });
    expect(page.items.reduce((sum, { points }) => sum + points.length, 0)).toBeLessThanOrEqual(17);
    for (const { id, folded, points } of page.items) {
      expect(folded).toBe(false);
      values.set(id, [...(values.get(id) ?? []), ...points.map(({ value }) => value)]);
    }
    cursor = page.next_cursor;
  }
  expect(pages).toBeGreaterThan(12);
  const whole = await read({});
  expect(values).toEqual(new Map(whole.map(({ id, points }) => [id, points.map(({ value }) => value)])));
  expect(values.get('drift-1:distance:a')).toEqual(wave);
});

test('a cursor that is not of a reply is refused', async () => {
  for (const cursor of ['x', btoa('["a"]'), btoa('["a","b","c","d","e","f","tomorrow"]')])
    await expect(
      readEveryValue(world.ctx, { model: 'm' }, { known: 'now', limit: 1, cursor }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
});

test('kinds that nobody knows, and models without values, have no series', async () => {
  expect(await read({ kind: ['mood'] })).toEqual([]);
  expect(await read({ kind: [] })).toEqual([]);
  expect(await readSignals(world.ctx, { model: 'quiet' }, { points: 1, known: 'now' })).toEqual([]);
});

test('the head knows the first and the newest bucket, and what stands for the quality', async () => {
  const head = async () => (await readHeads(world.ctx, ['m'])).get('m')!;
  expect(await head()).toMatchObject({ first: START, last: START + (HOURS - 1) * HOUR });
  const told = async () => {
    const { quality } = await head();
    return [quality?.metric, quality?.points.at(-1)?.value, quality?.points.length];
  };
  expect(await told()).toEqual(['roc_auc', 0.74, 3]);
  // As new, and less telling.
  await store(series('quality', 'accuracy'), [0.5, 0.5, 0.5]);
  expect(await told()).toEqual(['roc_auc', 0.74, 3]);
  // No scores any more: the other metric goes on.
  await store(series('quality', 'accuracy'), [0.6], 'then', 3);
  expect(await told()).toEqual(['accuracy', 0.6, 1]);
  await store(series('quality', 'roc_auc'), wave, 'then', 4);
  expect(await told()).toEqual(['roc_auc', wave.at(-1), 48]);
});

test('without a range everything between the first and the newest value is read', async () => {
  const [signal] = await read({ kind: ['quality'], metric: 'roc_auc' });
  expect(signal?.points[0]?.time).toBe(new Date(START).toISOString());
  expect(signal?.points).toHaveLength(3 + HOURS + 0);
});

test('the head of a model of an older version is made from what is stored', async () => {
  await world.ctx.ledger.deleteFrom('signal_heads').execute();
  await store(series('drift', 'distance', 'a'), [0.3], 'then', HOURS);
  const head = (await readHeads(world.ctx, ['m'])).get('m')!;
  expect(head.first).toBe(START);
  expect(head.quality).toMatchObject({ metric: 'roc_auc' });
  expect(head.quality!.points).toHaveLength(48);
});
