import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { takeLease } from '../../jobs/lease.ts';
import { createServers } from '../../jobs/servers.ts';
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
import { followOutcomes } from './follow-outcomes.ts';
import { newAndOld, outcomeOf } from './outcome.ts';

let world: World;

/** `share` of the answers of a version that are right, by hour; the label follows at once. */
async function serve(model: string, versionsAt: (hour: number, i: number) => readonly [string, number]) {
  const next = random(7);
  await addModel(world, model, { _prediction: 'categorical' }, { task: 'multiclass' });
  const rows = Array.from({ length: 12_000 }, (_, i) => {
    const hour = Math.floor(i / 200);
    const [version, share] = versionsAt(hour, i);
    const label = next() < 0.5 ? 'yes' : 'no';
    const prediction = next() < share ? label : label === 'yes' ? 'no' : 'yes';
    return { id: `p${i}`, time: START + hour * HOUR + (i % 200), version, label, prediction };
  });
  await addPredictions(
    world,
    model,
    rows.map(({ id, time, version, prediction }) => ({
      ...{ _id: id, _time: time, _version: version, _prediction: prediction },
    })),
  );
  await addLabels(
    world,
    model,
    rows.map(({ id, label }) => ({ id, label })),
  );
  for (let run = 0; run < 2; run++) await rollUp(world.ctx, model);
}

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 60 * HOUR;
  // 2 answers beside 1 from the twentieth hour on, and is right far more often.
  await serve('beside', (hour, i) => (hour >= 20 && i % 2 ? ['2', 0.9] : ['1', 0.7]));
  // 2 takes over from 1 at the thirtieth hour, and is right less often.
  await serve('after', (hour) => (hour >= 30 ? ['2', 0.6] : ['1', 0.8]));
});
afterAll(() => world.close());

test('both answer at once: better, by intervals that may be looked at', async () => {
  const found = await outcomeOf(world.ctx, 'beside', START + 19 * HOUR);
  expect(found).toMatchObject({
    ...{ verdict: 'better', version: '2', baseline: '1', evidence: 'side_by_side' },
    sentence: expect.stringMatching(/^Version 2 is better than version 1: accuracy \+\d\d points/),
  });
});

test('one after the other: worse, and that the data may have changed too', async () => {
  const found = await outcomeOf(world.ctx, 'after', START + 25 * HOUR);
  expect(found).toMatchObject({
    verdict: 'worse',
    version: '2',
    baseline: '1',
    evidence: 'before_and_after',
  });
  expect(found.sentence).toMatch(
    /0\.59\d* of 2 \(n \d+\) after, 0\.8\d* of 1 .* 95 % .*Not at the same time/,
  );
});

test('no new version, and the first that is known', async () => {
  expect(await outcomeOf(world.ctx, 'after', START + 50 * HOUR)).toMatchObject({
    ...{ verdict: 'no_version', version: null, baseline: '1', evidence: null },
  });
  expect(await outcomeOf(world.ctx, 'after', START - HOUR)).toMatchObject({
    ...{ verdict: 'not_yet', version: '1', baseline: null, evidence: null },
  });
  const line = (version: string, n: number, first: number) => ({
    ...{ version, n, first: new Date(first).toISOString() },
  });
  const after = [line('other', 9, 5), line('', 9, 5), line('b', 1, 7), line('a', 3, 6), line('old', 9, 5)];
  expect(newAndOld([line('old', 5, 1), line('older', 2, 1)], after)).toEqual({
    version: 'a',
    baseline: 'old',
  });
});

test('what came of a run is kept and told in the timeline once it is known, and not looked at any more', async () => {
  const marks = { mark: () => world.now, raise() {} };
  const servers = createServers(world.ctx, { id: 'server', marks, alone: true });
  await servers.join();
  await servers.publish();
  const run = (id: string, model: string, begunAt: number) => ({
    ...{
      id,
      action: 'a',
      name: 'Retrain',
      kind: 'webhook',
      model,
      incident: 'i',
      once: id,
      because: 'drift',
    },
    ...{
      state: 'begun' as const,
      task: '{}',
      people: '[]',
      asker: null,
      asked_at: begunAt,
      expires_at: null,
    },
    ...{ decided_at: null, decided_by: null, comment: null, attempts: 1, next_at: 0, claimed_until: 0 },
    ...{ begun_at: begunAt, reference: null, url: null, outcome: null, outcome_due_at: world.now },
  });
  await world.ctx.ledger
    .insertInto('action_runs')
    .values([run('known', 'beside', START + 19 * HOUR), run('open', 'after', START + 50 * HOUR)])
    .execute();
  await followOutcomes(world.ctx, (await takeLease(world.ctx, 'action-outcomes', 'server'))!);
  const rows = await world.ctx.ledger.selectFrom('action_runs').selectAll().orderBy('id').execute();
  expect(rows.map(({ outcome, outcome_due_at }) => [JSON.parse(outcome!).verdict, outcome_due_at])).toEqual([
    ['better', null],
    ['no_version', world.now + HOUR],
  ]);
  const told = await world.ctx.ledger.selectFrom('incident_events').selectAll().execute();
  expect(told.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    expect.stringMatching(/^action Retrain: better: Version 2 is better than version 1/),
  ]);
});
