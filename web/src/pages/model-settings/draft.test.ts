import { expect, test } from 'vitest';
import type { Model } from '../../api/types.ts';
import { changes, problems, withColumn, withField } from './draft.ts';

const model = {
  id: 'm',
  name: 'm',
  owner: null,
  tags: ['eu'],
  bucket_ms: 3_600_000,
  columns: [{ name: 'a', type: 'numeric', safe: false }],
} as unknown as Model;

test('what is set back to what it was is not changed', () => {
  const draft = withField(model, {}, 'owner', 'risk');
  expect(draft).toEqual({ owner: 'risk' });
  expect(withField(model, draft, 'owner', null)).toEqual({});
  expect(withField(model, {}, 'tags', ['eu'])).toEqual({});
  expect(withField(model, {}, 'name', null)).toEqual({});
});

test('columns are changed one by one', () => {
  const one = withColumn(model, {}, 'a', { type: 'ignored' });
  const two = withColumn(model, one, 'a', { safe: true });
  expect(two).toEqual({ columns: { a: { type: 'ignored', safe: true } } });
  expect(changes(two)).toBe(1);
  expect(withColumn(model, one, 'a', { type: 'numeric' })).toEqual({});
});

test('what cannot be saved is said by field, in the words of the server', () => {
  expect(problems({ bucket_ms: 5, owner: 'x' })).toEqual(
    new Map([['bucket_ms', 'must be at least a minute']]),
  );
  expect(problems({ owner: 'x' }).size).toBe(0);
});
