import { expect, test } from 'vitest';
import { readSources, writeSources } from './source-text.ts';

test('what is written is read again', () => {
  const text = 'bureau:feature_store=income+debt, gpu-3:machine, a:b:table';
  const sources = readSources(text)!;
  expect(sources).toEqual([
    { name: 'bureau', kind: 'feature_store', columns: ['income', 'debt'] },
    { name: 'gpu-3', kind: 'machine' },
    { name: 'a:b', kind: 'table' },
  ]);
  expect(writeSources(sources)).toBe(text);
  expect(readSources(' ')).toEqual([]);
});

test.each(['bureau', 'bureau:warehouse', ':table', 'a:table, b'])('%s is not so written', (text) => {
  expect(readSources(text)).toBeNull();
});
