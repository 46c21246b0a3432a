import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { listChanges } from '../../events/list-changes.ts';
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
import { verdictDue } from './due.ts';
import { getVerdict } from './get-verdict.ts';
import { verdictsJob } from './job.ts';

const VARIANTS: Record<string, string> = { 1: 'champion', 2: 'canary', 3: 'shadow' };
let world: World;
beforeAll(async () => {
  world = await createWorld();
  const next = random(5);
  await addModel(
    world,
    'm',
    { _prediction: 'categorical' },
    { task: 'multiclass', segments: JSON.stringify(['variant']) },
  );
  await addModel(world, 'plain', { _prediction: 'categorical' });
  // 1 answers for 60 hours, 2 beside it from the twentieth on; 2 is right far more often, 3 as often and ever slower.
  const rows = Array.from({ length: 12_000 }, (_, i) => {
    const hour = Math.floor(i / 200);
    const version = hour < 20 || i % 3 === 0 ? '1' : i % 3 === 1 ? '2' : '3';
    const label = next() < 0.5 ? 'yes' : 'no';
    const right = next() < (version === '2' ? 0.9 : 0.75);
    const prediction = right ? label : label === 'yes' ? 'no' : 'yes';
    return { hour, version, label, prediction, latency: (version === '3' ? 30 : 20) + next() };
  });
  await addPredictions(
    world,
    'm',
    rows.map(({ hour, version, prediction, latency }, i) => ({
      ...{
        _id: `p${i}`,
        _time: START + hour * HOUR + (i % 200),
        _version: version,
        _variant: VARIANTS[version]!,
      },
      ...{ _prediction: prediction, _latency_ms: latency, _error: null },
    })),
  );
  await addLabels(
    world,
    'm',
    rows.map(({ label }, i) => ({ id: `p${i}`, label })),
  );
  await rollUp(world.ctx, 'm');
  await rollUp(world.ctx, 'm');
});
afterAll(() => world.close());

test('a better version: since both answered, by how much, and that it is safe to stop', async () => {
  const found = await getVerdict(world.ctx, 'm', { version: '2', baseline: '1' });
  expect(found).toMatchObject({
    ...{ version: '2', baseline: '1', recommendation: 'promote', safe_to_stop: true, needs: null },
    from: new Date(START + 18 * HOUR).toISOString(),
  });
  expect(found.sentence).toMatch(/^Version 2 is better than version 1: accuracy \+1\d points/);
  const [accuracy, errors, times] = found.measures;
  expect([accuracy!.role, errors!.role, times!.role]).toEqual(['primary', 'guardrail', 'guardrail']);
  expect(accuracy!.difference.value).toBeCloseTo(accuracy!.version.value! - accuracy!.baseline.value!, 2);
  expect(accuracy!.path.length).toBeGreaterThan(35);
  expect([errors!.decision, times!.decision]).toEqual(['alike', 'alike']);
});

test('a slower version is stopped by its guardrail, whatever its answers', async () => {
  const found = await getVerdict(world.ctx, 'm', { version: '3', baseline: '1' });
  expect(found).toMatchObject({ recommendation: 'stop', safe_to_stop: true });
  expect(found.sentence).toMatch(/mean answer time \+10 ms/);
});

test('of one version alone, and of one that is not there', async () => {
  const alone = await getVerdict(world.ctx, 'm', { to: START + 10 * HOUR, from: START });
  expect(alone).toMatchObject({ baseline: null, recommendation: 'unknown', measures: [] });
  await expect(getVerdict(world.ctx, 'm', { version: '9' })).rejects.toThrow('no version 9');
});

test('the recommendation becomes a change of the model, once, and is looked at again when something came', async () => {
  const job = verdictsJob();
  const fence = { name: 'm' } as Parameters<typeof job.run>[1];
  expect(await job.waiting(world.ctx, ['m'])).toEqual(['m']);
  await job.run(world.ctx, fence);
  await job.run(world.ctx, fence);
  const { items } = await listChanges(world.ctx, { model: 'm', limit: 10 });
  expect(items).toMatchObject([{ kind: 'verdict', title: expect.stringMatching(/Safe to stop now\.$/) }]);
  expect(await job.waiting(world.ctx, ['m'])).toEqual([]);
});

test('one version alone, or one that answered long ago, needs no verdict', () => {
  const head = { last: 100 * HOUR, revision: 1, versions: [{ version: '2', last: 100 * HOUR }] };
  expect(verdictDue(head, undefined)).toBe(false);
  expect(verdictDue({ ...head, versions: [...head.versions, { version: '1', last: HOUR }] }, undefined)).toBe(
    false,
  );
  expect(
    verdictDue({ ...head, versions: [...head.versions, { version: '1', last: 99 * HOUR }] }, undefined),
  ).toBe(true);
});

test('variants are compared as versions are, where predictions are split by them', async () => {
  const [byVariant, byVersion] = await Promise.all([
    getVerdict(world.ctx, 'm', { by: 'variant', version: 'canary', baseline: 'champion' }),
    getVerdict(world.ctx, 'm', { version: '2', baseline: '1' }),
  ]);
  expect(byVariant.measures).toEqual(byVersion.measures);
  expect(byVariant.sentence).toBe(
    byVersion.sentence.replace('ersion 2', 'ariant canary').replace('ersion 1', 'ariant champion'),
  );
  await expect(getVerdict(world.ctx, 'plain', { by: 'variant' })).rejects.toThrow(
    'add "variant" to its segments',
  );
});

test('scores, what they promise and what answers are worth decide as well, where people choose them', async () => {
  const next = random(9);
  const impact = JSON.stringify({ false_positive: -5, false_negative: -30 });
  const of = { task: 'binary', positive_label: 'yes', impact } as const;
  await addModel(world, 'scored', { _prediction: 'categorical', _score: 'numeric' }, of);
  const rows = Array.from({ length: 8_000 }, (_, i) => {
    const yes = next() < 0.4;
    // The second ranks better: its scores lie farther apart.
    const sure = i % 2 ? 0.35 : 0.2;
    const score = Math.max(0.01, Math.min(0.99, (yes ? 0.5 + sure : 0.5 - sure) + 0.8 * (next() - 0.5)));
    return { version: i % 2 ? '2' : '1', label: yes ? 'yes' : 'no', score };
  });
  await addPredictions(
    world,
    'scored',
    rows.map(({ version, score }, i) => ({
      ...{ _id: `s${i}`, _time: START + i * 20_000, _version: version, _score: score },
      _prediction: score >= 0.5 ? 'yes' : 'no',
    })),
  );
  await addLabels(
    world,
    'scored',
    rows.map(({ label }, i) => ({ id: `s${i}`, label })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += HOUR;
    await rollUp(world.ctx, 'scored');
  }
  for (const metric of ['roc_auc', 'log_loss', 'brier', 'impact']) {
    const found = await getVerdict(world.ctx, 'scored', { version: '2', baseline: '1', metric });
    expect([metric, found.recommendation, found.measures[0]!.id]).toEqual([metric, 'promote', metric]);
    const { version, baseline, difference } = found.measures[0]!;
    expect(Math.abs(version.value! - baseline.value! - difference.value!)).toBeLessThan(0.05);
  }
  const usual = await getVerdict(world.ctx, 'scored', { version: '2', baseline: '1' });
  expect(usual.measures.slice(0, 5).map(({ id }) => id)).toEqual([
    ...['accuracy', 'roc_auc', 'log_loss', 'brier', 'impact'],
  ]);
  await expect(getVerdict(world.ctx, 'scored', { metric: 'f2' })).rejects.toThrow('not compared by f2');
  await expect(getVerdict(world.ctx, 'scored', { metric: 'f1' })).rejects.toThrow(
    'f1, which is no mean over predictions, so that no interval of it holds at every look: choose one of accuracy',
  );
});

test('of numbers absolute, squared and percentage errors decide, of lists how well they rank', async () => {
  const next = random(10);
  const half = Array.from({ length: 4_000 }, (_, i) => ({
    at: { _id: `h${i}`, _time: START + i * 40_000, _version: i % 2 ? '2' : '1' },
    better: i % 2 === 1,
  }));
  await addModel(world, 'numbers', { _prediction: 'numeric' }, { task: 'regression' });
  const errors = half.map(({ better }) => (better ? 8 : 10) * (next() + next() - 1));
  await addPredictions(
    world,
    'numbers',
    half.map(({ at }, i) => ({ ...at, _prediction: 50 + errors[i]! })),
  );
  await addLabels(
    world,
    'numbers',
    half.map(({ at }) => ({ id: at._id, label: 50 })),
  );
  await addModel(world, 'lists', {}, { task: 'ranking' });
  await addPredictions(
    world,
    'lists',
    half.map(({ at }) => ({ ...at, _ranked: { a: 3, b: 2, c: 1 } })),
  );
  await addLabels(
    world,
    'lists',
    half.map(({ at, better }) => ({ id: at._id, label: next() < (better ? 0.6 : 0.4) ? 'a' : 'b' })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += HOUR;
    await Promise.all(['numbers', 'lists'].map((model) => rollUp(world.ctx, model)));
  }
  const ids = async (model: string, metric?: string) => {
    const found = await getVerdict(world.ctx, model, { version: '2', baseline: '1', metric });
    expect([metric, found.recommendation]).toEqual([metric, 'promote']);
    return found.measures.filter(({ role }) => role !== 'guardrail').map(({ id }) => id);
  };
  expect(await ids('numbers', 'mse')).toEqual(['mse', 'mae', 'mape']);
  expect(await ids('numbers')).toEqual(['mae', 'mse', 'mape']);
  expect(await ids('lists', 'mrr')).toEqual(['mrr', 'ndcg', 'map', 'hit_rate']);
});
