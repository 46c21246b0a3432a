import { expect, test } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { planted } from '../testing/planted.ts';

test('what was so at the same time a week ago is the season', () => {
  const { about } = planted('covariate_shift');
  const then = new Map([...about.evidence.columns.values()].map(({ name, after }) => [name, after]));
  const seasons = [{ name: 'a week', columns: then }];
  const [first] = diagnose(about.facts, { ...about.evidence, seasons });
  expect(first).toMatchObject({ kind: 'seasonality' });
  expect(first!.sentence).toContain('as a week ago at the same time');
});

test('what was as always a week ago is none', () => {
  const { about } = planted('covariate_shift');
  const then = new Map([...about.evidence.columns.values()].map(({ name, before }) => [name, before]));
  const causes = diagnose(about.facts, { ...about.evidence, seasons: [{ name: 'a week', columns: then }] });
  expect(causes.map(({ kind }) => kind)).not.toContain('seasonality');
});
