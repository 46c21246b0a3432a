import { expect, test } from 'vitest';
import type { LabelType } from '../../../contract/label.ts';
import { labelAs, labelNumber } from './label-type.ts';

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

const REFUSED = 'label_type_mismatch';
const stored = (value: string | number | boolean, labelType: LabelType | null, rest = {}) => {
  const label = labelAs(value, { task: 'binary', labelType, prediction: undefined, ...rest });
  return typeof label === 'object' && 'code' in label ? label.code : label;
};

test.each<[LabelType | null, (string | number | boolean)[], (string | number | boolean)[]]>([
  ['numeric', [3, '3', 'n/a', true], [3, '3', REFUSED, REFUSED]],
  ['zero_or_one', [1, '0', true, 'False', 'n/a'], [1, '0', 1, 0, REFUSED]],
  ['boolean', [true, 'true', 'True', 1, '0', 2, 'yes'], [true, true, true, true, false, REFUSED, REFUSED]],
  ['categorical', ['yes', '007', '1', 1, true], ['yes', '007', '1', REFUSED, REFUSED]],
  ['any', ['yes', 1, true], ['yes', 1, true]],
  [null, ['yes', 1, true, 'n/a'], ['yes', 1, true, 'n/a']],
])('where labels are %s, %j are stored as %j', (labelType, values, labels) => {
  expect(values.map((value) => stored(value, labelType))).toEqual(labels);
});

test('while nothing is known of labels, predictions that are true and false say how they are meant', () => {
  const prediction = 'boolean';
  expect(stored(1, null, { prediction })).toBe(true);
  expect(stored('0', null, { prediction })).toBe(false);
  expect(stored('default', null, { prediction })).toBe('default');
});

test('a label that is no number does not take the place of one', () => {
  const task = 'regression';
  expect(stored('n/a', null, { task })).toBe(REFUSED);
  expect(stored(true, null, { task })).toBe(REFUSED);
  expect(stored('12.5', null, { task })).toBe('12.5');
  expect(stored('n/a', 'any', { task })).toBe('n/a');
});

test('the message says what they are', () => {
  expect(labelAs('n/a', { task: 'binary', labelType: 'zero_or_one', prediction: undefined })).toMatchObject({
    message: 'the labels of this model are 0 and 1, and this one is a text',
  });
});
