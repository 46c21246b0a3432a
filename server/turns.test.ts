import { setImmediate as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('senders get turns one after the other, whatever each has asked', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const work = async (sender: string, pieces: number) => {
    for (let i = 0; i < pieces; i++) {
      await turns.next(sender);
      order.push(sender);
    }
  };
  const many = Array.from({ length: 50 }, () => work('many', 4));
  await later();
  await work('one', 3);
  expect(order.filter((sender) => sender === 'one')).toHaveLength(3);
  // One piece of the other before each of its own, and a first one that had begun.
  expect(order.length).toBeLessThanOrEqual(8);
  await Promise.all(many);
  expect(order).toHaveLength(203);
});

test('what came from outside is looked at between two turns', async () => {
  const turns = new Turns();
  let looked = false;
  setTimeout(() => {
    looked = true;
  }, 0);
  for (let i = 0; i < 1000 && !looked; i++) await turns.next('one');
  expect(looked).toBe(true);
});
