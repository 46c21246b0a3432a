import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VersionComparison } from '../../../contract/version-comparison.ts';
import { random as randomOf } from '../../../stats/random.ts';
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
import { compareVersions } from './compare-versions.ts';

interface Row {
  readonly version: string;
  readonly hour: number;
  readonly amount: number | null;
  readonly country: string;
  readonly prediction: string;
  readonly label: string | null;
  readonly score: number;
  readonly latency: number;
  readonly error: string | null;
}

const NAMES = ['p', 'q', 'r'];
const random = randomOf(7);
const pick = (p: number) => random() < p;

/** 1 answers for 30 hours, 2 from the twentieth on; 2 misses amounts, sees more of FR, errs more and is slower. */
const rows: Row[] = Array.from({ length: 6_000 }, (_, i): Row => {
  const hour = Math.floor(i / 150);
  const version = hour >= 30 || (hour >= 20 && i % 3 === 0) ? '2' : '1';
  const second = version === '2';
  const label = pick(0.4) ? 'yes' : 'no';
  const right = pick(second ? 0.7 : 0.8);
  const score =
    Math.round(10 * Math.min(1, Math.max(0, (label === 'yes' ? 0.6 : 0.4) + (random() - 0.5)))) / 10;
  return {
    ...{ version, hour, label: pick(0.5) ? label : null, score },
    amount: pick(second ? 0.2 : 0.05) ? null : 100 + 10 * Math.round(10 * random()),
    country: pick(second ? 0.5 : 0.2) ? 'FR' : NAMES[i % 3]!,
    prediction: right ? label : label === 'yes' ? 'no' : 'yes',
    latency: Math.round((second ? 30 : 20) + 10 * random()),
    error: pick(second ? 0.04 : 0.01) ? 'timeout: upstream' : null,
  };
});
const of = (version: string) => rows.filter((row) => row.version === version);
const at = (hour: number) => new Date(START + hour * HOUR).toISOString();

let world: World;
let found: VersionComparison;
beforeAll(async () => {
  world = await createWorld();
  await addModel(
    world,
    'm',
    {
      amount: 'numeric',
      country: 'categorical',
      steady: 'numeric',
      note: 'categorical',
      _prediction: 'categorical',
    },
    { task: 'binary', positive_label: 'yes' },
  );
  await addPredictions(
    world,
    'm',
    rows.map((row, i) => ({
      ...{ _id: `p${i}`, _time: START + row.hour * HOUR + (i % 150), _version: row.version },
      ...{ _prediction: row.prediction, _score: row.score, _latency_ms: row.latency, _error: row.error },
      ...{ amount: row.amount, country: row.country, steady: i % 17, note: `n${i}` },
    })),
  );
  await world.ctx.ledger.updateTable('columns').set({ meaning: 'text' }).where('name', '=', 'note').execute();
  await addLabels(
    world,
    'm',
    rows.flatMap(({ label }, i) => (label === null ? [] : [{ id: `p${i}`, label }])),
  );
  await rollUp(world.ctx, 'm');
  await rollUp(world.ctx, 'm');
  found = await compareVersions(world.ctx, 'm', {
    from: START,
    to: START + 40 * HOUR,
    version: '2',
    baseline: '1',
  });
});
afterAll(() => world.close());

const measure = (id: string) => found.measures.find((one) => one.id === id)!;

/** Wilson's interval as the roots of (p − k/n)² = z² p(1 − p)/n. */
function wilson(k: number, n: number): { value: number; low: number; high: number } {
  const z2 = 1.959963984540054 ** 2;
  const [a, b, c] = [1 + z2 / n, -(2 * k) / n - z2 / n, (k / n) ** 2];
  const root = Math.sqrt(b * b - 4 * a * c);
  return { value: k / n, low: (-b - root) / (2 * a), high: (-b + root) / (2 * a) };
}

/** Newcombe's interval of a difference of shares. */
function newcombe(before: [number, number], after: [number, number]) {
  const [b, a] = [wilson(...before), wilson(...after)];
  const by = a.value - b.value;
  return {
    value: by,
    low: by - Math.sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2),
    high: by + Math.sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2),
  };
}

const close = ({ value, low, high }: { value: number; low: number; high: number }) => ({
  value: expect.closeTo(value, 10),
  low: expect.closeTo(low, 10),
  high: expect.closeTo(high, 10),
});

test('traffic of each, when each answered, and when both did', () => {
  const [one, two] = [of('1').length, of('2').length];
  expect(found.versions).toEqual([
    { version: '1', n: one },
    { version: '2', n: two },
  ]);
  expect(found.version).toMatchObject({
    version: '2',
    n: two,
    share: two / 6_000,
    first: at(20),
    last: at(40),
  });
  expect(found.baseline).toMatchObject({
    version: '1',
    n: one,
    first: at(0),
    last: at(30),
    from: at(0),
    to: at(30),
  });
  expect(found.together).toEqual({ from: at(20), to: at(30) });
  expect(found.traffic.points).toEqual(
    Array.from({ length: 40 }, (_, hour) => ({
      time: at(hour),
      all: 150,
      version: of('2').filter((row) => row.hour === hour).length,
      baseline: of('1').filter((row) => row.hour === hour).length,
    })),
  );
});

test('accuracy of both and their difference, as from the rows by Wilson and Newcombe', () => {
  const count = (version: string): [number, number] => {
    const labelled = of(version).filter(({ label }) => label !== null);
    return [labelled.filter(({ label, prediction }) => label === prediction).length, labelled.length];
  };
  const [before, after] = [count('1'), count('2')];
  expect(measure('accuracy')).toMatchObject({
    ...{ about: 'quality', worse: 'lower', verdict: 'worse' },
    version: { n: after[1], ...close(wilson(...after)), status: 'ok' },
    baseline: { n: before[1], ...close(wilson(...before)) },
    difference: close(newcombe(before, after)),
  });
});

test('area under the ROC curve of both, as from all pairs of rows', () => {
  const area = (version: string) => {
    const [yes, no] = ['yes', 'no'].map((label) => of(version).filter((row) => row.label === label));
    let won = 0;
    for (const a of yes!) for (const b of no!) won += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
    return won / yes!.length / no!.length;
  };
  const { version, baseline, difference, verdict } = measure('roc_auc');
  expect([version.value, baseline.value]).toEqual([
    expect.closeTo(area('2'), 10),
    expect.closeTo(area('1'), 10),
  ]);
  expect(difference.value).toBeCloseTo(area('2') - area('1'), 10);
  expect(difference.low!).toBeLessThan(0);
  expect(difference.high!).toBeGreaterThan(0);
  expect(verdict).toBe('no_difference');
});

/** Jensen–Shannon distance in bits of two lists of values. */
function jensenShannon(before: readonly (string | number | null)[], after: typeof before): number {
  const shares = (values: typeof before) => {
    const counts = Map.groupBy(values, (value) => value);
    return (value: string | number | null) => (counts.get(value)?.length ?? 0) / values.length;
  };
  const [p, q] = [shares(before), shares(after)];
  let sum = 0;
  for (const value of new Set([...before, ...after])) {
    const middle = (p(value) + q(value)) / 2;
    for (const share of [p(value), q(value)]) if (share > 0) sum += (share * Math.log2(share / middle)) / 2;
  }
  return Math.sqrt(sum);
}

test('columns that differ most, as from the values; texts are not held against one another', () => {
  const distance = (of_: (row: Row) => string | number | null) =>
    jensenShannon(of('1').map(of_), of('2').map(of_));
  expect(found.columns.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['country', 'differs'],
    ['amount', 'differs'],
    ['steady', 'same'],
  ]);
  const [country, amount] = found.columns;
  expect(country!.score.raw).toBeCloseTo(
    distance((row) => row.country),
    10,
  );
  expect(country!.how).toBe('Changed in its shares');
  expect([country!.version.n, country!.baseline.n]).toEqual([of('2').length, of('1').length]);
  expect(amount!.score.raw).toBeCloseTo(
    distance((row) => row.amount),
    10,
  );
  expect(found.compared).toEqual({ columns: 3, differ: 2, moved: 0 });
  expect(found.answers.map(({ name, role }) => [name, role])).toEqual([
    ['_prediction', 'prediction'],
    ['_score', 'score'],
    ['_label', 'label'],
  ]);
  expect(found.answers[0]!.score.raw).toBeCloseTo(
    distance((row) => row.prediction),
    10,
  );
});

test('missing values, errors and answer times, as from the rows', () => {
  const shares = (is: (row: Row) => boolean) =>
    ['1', '2'].map((version): [number, number] => [of(version).filter(is).length, of(version).length]);
  const [before, after] = shares(({ amount }) => amount === null);
  expect(found.missing).toMatchObject([{ name: 'amount', difference: close(newcombe(before!, after!)) }]);
  const [errors, more] = shares(({ error }) => error !== null);
  expect(measure('error_share')).toMatchObject({
    ...{ about: 'serving', verdict: 'worse' },
    version: close(wilson(...more!)),
    difference: close(newcombe(errors!, more!)),
  });
  const median = (version: string) => {
    const times = of(version)
      .map(({ latency }) => latency)
      .sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)]!;
  };
  const { version, baseline, verdict } = measure('p50');
  expect(Math.abs(version.value! - median('2'))).toBeLessThan(1);
  expect(Math.abs(baseline.value! - median('1'))).toBeLessThan(1);
  expect([version.n, verdict]).toEqual([of('2').length, 'worse']);
});

test('without being told, the newest version is held against the one with most predictions', async () => {
  const range = { from: START, to: START + 40 * HOUR };
  expect(await compareVersions(world.ctx, 'm', range)).toEqual(found);
  const alone = await compareVersions(world.ctx, 'm', { from: START, to: START + 10 * HOUR });
  expect(alone).toMatchObject({
    version: { version: '1', n: 1_500 },
    baseline: null,
    together: null,
    columns: [],
  });
  const none = await compareVersions(world.ctx, 'm', { ...range, version: '2', to: START + 10 * HOUR });
  expect(none).toMatchObject({
    version: { n: 0, first: null },
    baseline: { version: '1' },
    compared: { columns: 0 },
  });
  expect(none.measures.map(({ verdict }) => verdict)).not.toContain('worse');
});

test('what there is not is said', async () => {
  await expect(compareVersions(world.ctx, 'm', { version: '3' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(compareVersions(world.ctx, 'm', { version: '2', baseline: '2' })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
