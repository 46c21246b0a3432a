import { expect, test } from 'vitest';
import { segmentKey, segmentParts, segmentText } from '../../../contract/segment-key.ts';
import { allKeys, bandNames, bandOf, type Split, splitNames, withValues } from './split.ts';

test.each([
  [['country'], ['FR'], 'country=FR', 'country = FR'],
  [['a=b', 'c&d'], ['1*', '%'], 'a%3Db=1%2A&c%26d=%25', 'a=b = 1*, c&d = %'],
  [['plan'], [''], 'plan=', 'no plan'],
  [['plan'], null, 'plan=*', 'other plan'],
])('the key of %j, %j', (columns, values, key, text) => {
  expect(segmentKey(columns, values)).toBe(key);
  expect(segmentParts(key)).toEqual(columns.map((column, i) => ({ column, value: values?.[i] ?? null })));
  expect(segmentText(key)).toBe(text);
});

test('bands are named by where they end', () => {
  expect(bandNames([25, 40])).toEqual(['< 25', '25 – 40', '≥ 40']);
  expect([24, 25, 40].map((age) => bandOf([25, 40], age))).toEqual(['< 25', '25 – 40', '≥ 40']);
  expect(bandNames([])).toEqual(['any']);
});

test('protected attributes split too, each by itself and all together; nothing twice', () => {
  const model = { segments: '["country",["age","sex"]]', protected: '["sex","country"]' };
  expect(splitNames(model)).toEqual([['country'], ['age', 'sex'], ['sex'], ['sex', 'country']]);
});

test('values take their places while there is room', () => {
  const split = { columns: [{ name: 'c', of: 'text' as const, cuts: null }], values: [['a']] };
  expect(withValues(split, ['a', 'b']).values).toEqual([['a'], ['b']]);
  const many = Array.from({ length: 50 }, (_, i) => `v${i}`);
  expect(withValues(split, many).values).toHaveLength(20);
});

test('a column with 100,000 values has 20 segments of its own and one for the rest', () => {
  const split: Split = { columns: [{ name: 'id', of: 'text', cuts: null }], values: [] };
  const grown = withValues(
    split,
    Array.from({ length: 100_000 }, (_, i) => `v${i}`),
  );
  expect(allKeys([grown])).toHaveLength(21);
  expect(allKeys([withValues(grown, ['another'])])).toEqual(allKeys([grown]));
});
