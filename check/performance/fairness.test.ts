import { expect, test } from 'vitest';
import compas from '../../stats/fixtures/compas.json' with { type: 'json' };
import { fairnessOf } from './fairness.ts';

const rows = compas.cells.flatMap(({ race, sex, ...cell }) =>
  (['00', '01', '10', '11'] as const).flatMap((of) =>
    Array.from({ length: cell[of] }, () => ({ race, sex, label: Number(of[0]), answer: Number(of[1]) })),
  ),
);
const answers = {
  label: rows.map(({ label }) => label),
  answer: rows.map(({ answer }) => answer),
  score: [],
};
const column = (name: 'race' | 'sex') => rows.map((row) => row[name]);

test('COMPAS: what was published, and measures as fairlearn has them; a group of eighteen is not judged', () => {
  const attributes = new Map([
    ['race', column('race')],
    ['sex', column('sex')],
  ]);
  const found = fairnessOf(attributes, answers);
  expect(found.map(({ attribute }) => attribute)).toEqual(['race', 'sex', 'race, sex']);
  const [race] = found;
  const group = (name: string) => race!.groups.find(({ group }) => group === `race=${name}`)!;
  expect(group('African-American').false_positive).toMatchObject({ value: expect.closeTo(0.4485, 4) });
  expect(group('Caucasian').false_negative).toMatchObject({ value: expect.closeTo(0.4772, 4) });
  expect(race!.groups.filter(({ too_small }) => too_small).map((each) => each.group)).toEqual([
    'race=Native American',
  ]);
  for (const measure of race!.measures.slice(0, -1))
    expect(measure).toMatchObject({
      value: expect.closeTo(compas.large[measure.id as keyof typeof compas.large], 12),
      verdict: measure.id === 'predictive_parity_difference' ? 'doubtful' : 'fails',
    });
  // There are no scores.
  expect(race!.measures.at(-1)).toMatchObject({ verdict: 'unknown', reason: 'not_enough_data' });
});

test('three people, and rows without a value, are told and not judged', () => {
  const values = ['a', 'a', 'a', null, ...new Array<string>(60).fill('b')];
  const said = values.map((_, i) => i % 2);
  const [found] = fairnessOf(new Map([['c', values]]), { label: said, answer: said, score: [] });
  expect(found!.groups.map(({ group, n, too_small }) => [group, n, too_small])).toEqual([
    ['c=b', 60, false],
    ['c=a', 3, true],
  ]);
  expect(found!.measures.every(({ verdict }) => verdict === 'unknown')).toBe(true);
});
