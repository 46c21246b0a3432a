import { expect, test } from 'vitest';
import { FairQueue } from './fair-queue.ts';

test('everybody is next in turn, however much one has waiting', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) queue.push(item[0]!, item);
  expect(queue.length).toBe(6);
  const out = [queue.shift(), queue.shift()];
  queue.push('d', 'd1');
  queue.push('a', 'a4');
  while (queue.length > 0) out.push(queue.shift());
  expect(out).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'd1', 'a3', 'a4']);
  expect(queue.shift()).toBeUndefined();
  expect(queue.length).toBe(0);
});

test('who may not be next keeps its place', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'b1', 'b2']) queue.push(item[0]!, item);
  const notA = (of: string) => of !== 'a';
  expect([queue.shift(notA), queue.shift(), queue.shift(), queue.shift(notA)]).toEqual([
    'b1',
    'a1',
    'b2',
    undefined,
  ]);
  queue.push('a', 'a2');
  expect(queue.shift(notA)).toBeUndefined();
  expect(queue.length).toBe(1);
});
