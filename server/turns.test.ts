import { setImmediate as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Senders whose pieces take so long each, on a clock of their own; the order in which they had them. */
function world() {
  let now = 0;
  const turns = new Turns(() => now);
  const order: string[] = [];
  const work = async (sender: string, pieces: number, ms: number) => {
    for (let i = 0; i < pieces; i++) {
      await turns.next(sender);
      order.push(sender);
      now += ms;
    }
  };
  /** The same, done by nobody who has a turn. */
  const outside = (ms: number) =>
    new Promise<void>((resolve) =>
      setTimeout(() => {
        now += ms;
        resolve();
      }, 0),
    );
  const pass = (ms: number) => {
    now += ms;
  };
  return { order, work, outside, pass };
}

test('senders get turns one after the other, whatever each has asked', async () => {
  const { order, work } = world();
  const many = Array.from({ length: 50 }, () => work('many', 4, 1));
  await later();
  await work('one', 3, 1);
  expect(order.filter((sender) => sender === 'one')).toHaveLength(3);
  // One piece of the other before each of its own, and the first five milliseconds of them, which had begun.
  expect(order.length).toBeLessThanOrEqual(11);
  await Promise.all(many);
  expect(order).toHaveLength(203);
});

test('whose pieces take long has fewer of them, and who did not want the time has saved none', async () => {
  const { order, work } = world();
  const long = Array.from({ length: 8 }, () => work('long', 4, 20));
  await later();
  await work('short', 40, 1);
  // Forty milliseconds of each, and the piece that had begun.
  expect(order.filter((sender) => sender === 'long').length).toBeLessThanOrEqual(4);
  await Promise.all(long);
  const before = order.length;
  const again = work('short', 40, 1);
  await work('long', 2, 20);
  await again;
  expect(order.slice(before, before + 45).filter((sender) => sender === 'long')).toHaveLength(2);
});

test('what came from outside between two turns has nobody wait', async () => {
  const { order, work, outside } = world();
  for (let i = 0; i < 5; i++) await Promise.all([work('one', 1, 1), outside(400)]);
  const many = Array.from({ length: 8 }, () => work('many', 10, 10));
  await work('one', 5, 10);
  expect(order.filter((sender) => sender === 'many').length).toBeLessThanOrEqual(7);
  await Promise.all(many);
});

test('who had it for minutes has it again within half a second', async () => {
  const { order, work } = world();
  const many = Array.from({ length: 8 }, () => work('many', 20, 10));
  await work('one', 1, 60_000);
  await work('one', 1, 1);
  expect(order.filter((sender) => sender === 'many').length).toBeLessThanOrEqual(52);
  await Promise.all(many);
});

test('however long what comes from outside takes each time, those who wait have as long', async () => {
  const { work, pass } = world();
  let looks = 0;
  let over = false;
  const rest = (async () => {
    for (; !over; looks++) {
      await later();
      pass(20);
    }
  })();
  await Promise.all(Array.from({ length: 40 }, () => work('one', 1, 2)));
  over = true;
  // Eighty milliseconds of work: as long as four of them take, and the first looks before anybody had waited long.
  expect(looks).toBeLessThanOrEqual(8);
  await rest;
});

test('what came from outside is looked at between two turns', async () => {
  const turns = new Turns(() => performance.now());
  let looked = false;
  setTimeout(() => {
    looked = true;
  }, 0);
  for (let i = 0; i < 1000 && !looked; i++) await turns.next('one');
  expect(looked).toBe(true);
});
