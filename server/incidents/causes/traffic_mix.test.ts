import { expect, test } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { planted } from '../testing/planted.ts';

test('names the column whose categories weigh otherwise', () => {
  const { causes, columns } = planted('traffic_mix');
  expect(causes[0]).toMatchObject({ kind: 'traffic_mix', column: columns[0] });
  expect(causes[0]!.sentence).toContain('within the categories nothing did');
});

test('labels that have not come yet are no change', () => {
  const { about } = planted('traffic_mix');
  const { before, after } = about.evidence.rows!;
  const labels = after.labels.map((label, i) => (i < 0.75 * after.n ? label : null));
  const rows = { before, after: { ...after, labels } };
  expect(diagnose(about.facts, { ...about.evidence, rows })[0]).toMatchObject({ kind: 'traffic_mix' });
});
