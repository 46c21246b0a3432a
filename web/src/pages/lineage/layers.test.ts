import { expect, test } from 'vitest';
import type { Lineage } from '../../api/types.ts';
import { layersOf, placesOf } from './layers.ts';

const graph = (text: string): Lineage => {
  const edges = text.split(' ').map((pair) => {
    const [from, to] = pair.split('>') as [string, string];
    return { from, to, columns: null };
  });
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  return {
    nodes: ids.map((id) => ({ id, kind: 'model', name: id, model: id, incident: null })),
    edges,
  };
};
const layers = (text: string) => layersOf(graph(text)).map((layer) => layer.map(({ id }) => id).join(''));

test.each([
  ['s>a a>b', ['s', 'a', 'b']],
  ['s>b s>a a>b', ['s', 'a', 'b']],
  ['a>c b>c t>b', ['t', 'ab', 'c']],
  ['a>b b>a', ['ab']],
  ['s>a a>b b>a b>c', ['s', 'ab', 'c']],
])('%s', (text, expected) => {
  expect(layers(text)).toEqual(expected);
});

test('a long chain and a circle of many take no time', () => {
  const chain = Array.from({ length: 200 }, (_, i) => `n${i}>n${i + 1}`).join(' ');
  expect(layersOf(graph(chain))).toHaveLength(201);
  const fleet = Array.from({ length: 1000 }, (_, i) => [
    `shared>m${i}`,
    `own${i}>m${i}`,
    `m${i >> 1}>m${i + 1000}`,
  ]);
  expect(placesOf(graph(fleet.flat().join(' '))).places.size).toBeGreaterThan(3000);
  const all = Array.from({ length: 40 }, (_, i) => i);
  const dense = all.flatMap((i) => all.filter((j) => j !== i).map((j) => `n${i}>n${j}`)).join(' ');
  expect(layersOf(graph(dense))).toHaveLength(1);
  const circle = Array.from({ length: 60 }, (_, i) => `n${i}>n${(i + 1) % 60}`).join(' ');
  expect(layersOf(graph(circle)).flat()).toHaveLength(60);
});

test('nothing lies on anything else, and an edge over a column has its own place there', () => {
  const { places, ways, width, height } = placesOf(graph('s>a s>b a>c s>c'));
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(5);
  expect([width, height]).toEqual([3 * 220 + 2 * 96, 3 * 60 + 2 * 12]);
  const past = ways.find(({ from, to }) => from === 's' && to === 'c')!.past;
  expect(past).toHaveLength(1);
  expect([places.get('a'), places.get('b')]).not.toContainEqual(past[0]);
});
