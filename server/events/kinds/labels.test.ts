import { expect, test } from 'vitest';
import { labels } from './labels.ts';

const label = (value: string | number | boolean) => ({ model: 'm', id: 'a', label: value });

test('a label becomes what the others of its model are, or is refused', () => {
  const model = { task: 'binary', labelType: 'zero_or_one', prediction: 'numeric' } as const;
  expect(labels.asModelHas!(label(true), model)).toEqual(label(1));
  expect(labels.asModelHas!(label('n/a'), model)).toMatchObject({ code: 'label_type_mismatch' });
});
