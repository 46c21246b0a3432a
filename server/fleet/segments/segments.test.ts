import { afterAll, beforeAll, expect, test } from 'vitest';
import compas from '../../../stats/fixtures/compas.json' with { type: 'json' };
import { random } from '../../../stats/random.ts';
import { addReference } from '../../profiles/references/add-reference.ts';
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
import { getFairness } from '../fairness/get-fairness.ts';
import { getSlices } from '../slices/get-slices.ts';
import { getSegments } from './get-segments.ts';

const DAY = 24 * HOUR;
let world: World;

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 10 * DAY;
  await addHurt();
  await addCompas();
  for (let run = 0; run < 2; run++) {
    world.now += 150_000;
    for (const model of ['hurt', 'compas']) await rollUp(world.ctx, model);
  }
  await addReference(world.ctx, 'hurt', {
    ...{ name: 'first day', kind: 'fixed', from: START, to: START + DAY, default: true },
  } as never);
});
afterAll(() => world.close());

/** Two days; on the second one the answers for FR are drawn by lot, for all others they stay right nine times in ten. */
async function addHurt(): Promise<void> {
  const next = random(11);
  const types = { _prediction: 'categorical', country: 'categorical' } as const;
  await addModel(world, 'hurt', types, { task: 'binary', positive_label: 'yes', segments: '["country"]' });
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const country = ['FR', 'DE', 'US', 'IT'][i % 4]!;
    const label = next() < 0.5 ? 'yes' : 'no';
    const right = next() < (country === 'FR' && i >= 2000 ? 0.5 : 0.9);
    const answer = right ? label : label === 'yes' ? 'no' : 'yes';
    return { _id: `p${i}`, _time: START + i * (DAY / 2000), country, _prediction: answer, label };
  });
  await addPredictions(
    world,
    'hurt',
    rows.map(({ label: _, ...row }) => row),
  );
  await addLabels(
    world,
    'hurt',
    rows.map(({ _id: id, label }) => ({ id, label })),
  );
}

async function addCompas(): Promise<void> {
  const types = { _prediction: 'categorical', race: 'categorical' } as const;
  const model = { task: 'binary', positive_label: '1', protected: '["race","sex"]' } as const;
  await addModel(world, 'compas', types, model);
  const rows = compas.cells.flatMap(({ race, sex, ...cell }) =>
    (['00', '01', '10', '11'] as const).flatMap((of) =>
      Array.from({ length: cell[of] }, () => ({ race, _tags: { sex }, label: of[0]!, _prediction: of[1]! })),
    ),
  );
  const placed = rows.map((row, i) => ({ ...row, _id: `p${i}`, _time: START + i * 1000 }));
  await addPredictions(
    world,
    'compas',
    placed.map(({ label: _, ...row }) => row),
  );
  await addLabels(
    world,
    'compas',
    placed.map(({ _id: id, label }) => ({ id, label })),
  );
}

test('a segment that is hurt is told: worse than all, worse than it was, and what was lost is its', async () => {
  const found = await getSegments(world.ctx, 'hurt', { from: START + DAY, to: START + 2 * DAY });
  expect(found.metric?.id).toBe('accuracy');
  expect(found.items.map(({ text }) => text).sort()).toEqual(
    ['DE', 'FR', 'IT', 'US'].map((country) => `country = ${country}`),
  );
  const of = (key: string) => found.items.find((item) => item.key === key)!;
  expect(of('country=FR')).toMatchObject({ n: 500, share: 0.25, verdict: 'worse', change_verdict: 'worse' });
  expect(of('country=FR').lost).toBeGreaterThan(0.7);
  expect(of('country=FR').answer_drift).toMatchObject({ column: '_prediction', moved: 'as_before' });
  for (const key of ['country=DE', 'country=US', 'country=IT'])
    expect([key, of(key).change_verdict]).toEqual([key, 'no_difference']);
  expect(found.reference).toMatchObject({ name: 'first day', segmented: true });
});

test('COMPAS: what was published of the two groups, by profiles', async () => {
  const found = await getFairness(world.ctx, 'compas', { from: START, to: START + DAY });
  expect(found.attributes.map(({ name }) => name)).toEqual(['race', 'sex', 'race, sex']);
  const [race, , both] = found.attributes;
  const group = (key: string) => race!.groups.find((each) => each.key === key)!;
  expect(group('race=African-American').false_positive.value).toBeCloseTo(0.4485, 4);
  expect(group('race=Caucasian').false_positive.value).toBeCloseTo(0.2345, 4);
  expect(group('race=African-American').false_negative.value).toBeCloseTo(0.2799, 4);
  expect(group('race=Caucasian').false_negative.value).toBeCloseTo(0.4772, 4);
  for (const { id, value } of race!.measures.filter(({ status }) => status === 'ok'))
    expect([id, value]).toEqual([id, expect.closeTo(compas.large[id as keyof typeof compas.large], 12)]);
  expect(race!.groups.filter(({ too_small }) => too_small).map(({ key }) => key)).toEqual([
    'race=Native American',
  ]);
  expect(both!.groups.length).toBe(compas.cells.length);
});

test('the slice that loses most is found and told in a sentence', async () => {
  const found = await getSlices(world.ctx, 'hurt', { from: START + DAY, to: START + 2 * DAY });
  expect(found).toMatchObject({ n: 2000, columns: 1, loss: 'errors' });
  expect(found.items.map(({ text }) => text)).toEqual(['country = FR']);
  expect(found.items[0]!.sentence).toMatch(
    /^country = FR: 25 % of the labelled predictions, \d+ % of what is lost; \d+ % wrong, elsewhere \d+(\.\d)? % wrong$/,
  );
  expect((await getSlices(world.ctx, 'hurt', { from: START, to: START + DAY })).items).toEqual([]);
});

test('without protected attributes, or without two classes, there is a reason', async () => {
  expect(await getFairness(world.ctx, 'hurt', {})).toMatchObject({
    unknown: 'no_protected_attributes',
    attributes: [],
  });
});
