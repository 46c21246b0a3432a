import { expect, test } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';

test('names the column and the share of its rows', () => {
  const { causes, columns } = planted('type_change');
  expect(causes[0]).toMatchObject({ kind: 'type_change', column: columns[0] });
  expect(causes[0]!.sentence).toContain('values of another type in 100 % of rows, against 0 % before');
});

test('codes with decimals and capitals are another spelling, not new or renamed ones', () => {
  const { about } = planted('label_delay');
  const column = about.evidence.columns.get('plan')!;
  const counts = new Map([...column.before.counts].map(([name, n]) => [name.toUpperCase(), n]));
  const columns = new Map(about.evidence.columns).set('plan', {
    ...column,
    after: { ...column.before, counts },
  });
  const causes = diagnose([fact('new_category', 'plan', { value: 1 })], { ...about.evidence, columns });
  expect(causes[0]).toMatchObject({ kind: 'type_change', column: 'plan' });
});
