import { expect, test } from 'vitest';
import { inTree } from './in-tree.ts';
import { traceIdOf } from './trace-id.ts';

const span = (id: string, parent: string | null, offset_ms: number) => ({ id, parent, offset_ms });
const told = (spans: Parameters<typeof inTree>[0]) => inTree(spans).map(({ id, depth }) => `${id}${depth}`);

test.each([
  [
    'children behind their parent, in the order of their beginning',
    [span('c', 'a', 3), span('b', 'a', 1), span('d', 'b', 2), span('a', null, 0)],
    ['a0', 'b1', 'd2', 'c1'],
  ],
  ['a parent that did not come', [span('b', 'gone', 5), span('a', null, 0)], ['a0', 'b0']],
  ['its own parent', [span('a', 'a', 0)], ['a0']],
  ['a circle', [span('a', 'b', 0), span('b', 'a', 1)], ['a0', 'b1']],
])('%s', (_name, spans, tree) => {
  expect(told(spans)).toEqual(tree);
});

test('ten thousand in one line', () => {
  const spans = Array.from({ length: 10_000 }, (_, i) => span(`${i}`, i === 0 ? null : `${i - 1}`, i));
  expect(inTree(spans).at(-1)?.depth).toBe(9999);
});

test.each([
  ['4bf92f3577b34da6a3ce929d0e0e4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
  ['4BF92F35-77B3-4DA6-A3CE-929D0E0E4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '4bf92f3577b34da6a3ce929d0e0e4736'],
  ['0'.repeat(32), undefined],
  ['req-1', undefined],
])('%s', (sent, id) => {
  expect(traceIdOf(sent)).toBe(id);
});
