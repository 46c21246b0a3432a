import { expect, test } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';

test('tells few usual values from another population', () => {
  const { causes, columns } = planted('stale_feature');
  expect(causes[0]).toMatchObject({ kind: 'stale_feature', column: columns[0] });
});

test('values of other rows: the column is as before, but goes no longer with the others', () => {
  const { about } = planted('label_delay');
  const { rows } = about.evidence;
  const income = rows!.after.cells.get('income')!;
  const old = income.map((_, i) => income[(i + 400) % income.length]!);
  const after = { ...rows!.after, cells: new Map(rows!.after.cells).set('income', old) };
  const causes = diagnose([fact('performance', '', { value: 0.6, baseline: 0.8 })], {
    ...about.evidence,
    rows: { ...rows!, after },
  });
  expect(causes.find(({ kind }) => kind === 'stale_feature')).toMatchObject({ column: 'income' });
});
