import { expect, test } from 'vitest';
import { labelNumber, labels } from './labels.ts';

const label = (value: string | number | boolean) => ({ model: 'm', id: 'a', label: value });

test.each<[string | number | boolean, number | undefined]>([
  [12.5, 12.5],
  ['12.5', 12.5],
  [' -.5', -0.5],
  ['1e3', 1000],
  ['yes', undefined],
  ['', undefined],
  ['0x1f', 31],
  ['1e999', undefined],
  [true, undefined],
])('%j as a number is %j', (value, number) => {
  expect(labelNumber(value)).toBe(number);
});

test('a label that is no number does not take the place of one', () => {
  expect(labels.refusal!(label('n/a'), { task: 'regression' })).toMatchObject({
    code: 'label_type_mismatch',
  });
  expect(labels.refusal!(label(true), { task: 'regression' })).toMatchObject({ code: 'label_type_mismatch' });
  expect(labels.refusal!(label('12.5'), { task: 'regression' })).toBeUndefined();
  for (const task of ['unknown', 'binary', 'multiclass'])
    expect(labels.refusal!(label('yes'), { task })).toBeUndefined();
});
