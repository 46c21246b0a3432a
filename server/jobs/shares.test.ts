import { expect, test } from 'vitest';
import { shares } from './shares.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `model-${i}`);
const loads = (owners: ReadonlyMap<string, string>) => {
  const counts = new Map<string, number>();
  for (const server of owners.values()) counts.set(server, (counts.get(server) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => a - b);
};

test('every model has one owner, and nobody owns more than one more than fits', () => {
  expect(loads(shares(names(1000), ['a', 'b', 'c']))).toEqual([332, 334, 334]);
  expect(loads(shares(names(2), ['a', 'b']))).toEqual([1, 1]);
  expect(loads(shares(names(1), ['a', 'b']))).toEqual([1]);
  expect(shares([], ['a'])).toEqual(new Map());
  expect(shares(names(3), [])).toEqual(new Map());
});

test('the order of what is given does not matter', () => {
  const some = names(50);
  const one = shares(some, ['a', 'b', 'c']);
  const other = shares([...some].reverse(), ['c', 'a', 'b']);
  for (const model of some) expect(other.get(model)).toBe(one.get(model));
});

test('when a server goes, few models change hands between those that stay', () => {
  const models = names(1000);
  const before = shares(models, ['a', 'b', 'c']);
  const after = shares(models, ['a', 'b']);
  const stayed = models.filter((model) => before.get(model) !== 'c');
  expect(stayed.filter((model) => after.get(model) !== before.get(model)).length).toBeLessThan(60);
});

test('a new model moves hardly any other', () => {
  const models = names(1000);
  const before = shares(models, ['a', 'b', 'c']);
  const after = shares([...models, 'a-new-one'], ['a', 'b', 'c']);
  expect(models.filter((model) => after.get(model) !== before.get(model)).length).toBeLessThan(10);
});
