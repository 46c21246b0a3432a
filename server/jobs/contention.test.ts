import { expect, test } from 'vitest';
import { createTurn } from './contention.ts';

/** Pieces of `ms` each, one after the other, with a clock that only work and pauses move. */
function strand(waiting: (now: number) => boolean) {
  let now = 0;
  const turn = createTurn({
    waiting: () => waiting(now),
    monotonic: () => now,
    pause: async (ms) => {
      now += ms;
    },
  });
  return {
    /** Milliseconds that the turn after such a piece took. */
    async piece(ms: number): Promise<number> {
      now += ms;
      const before = now;
      await turn();
      return now - before;
    },
  };
}

test('while nobody waits the next piece begins at once', async () => {
  const { piece } = strand(() => false);
  expect([await piece(10), await piece(500), await piece(60_000)]).toEqual([0, 0, 0]);
});

test('while somebody waits it has a fourth of the time, and never rests longer than a second', async () => {
  const { piece } = strand(() => true);
  expect(await piece(10)).toBe(30);
  expect(await piece(200)).toBe(600);
  expect(await piece(8 * 3_600_000)).toBe(1_000);
  expect(await piece(1)).toBe(3);
});

test('it goes on as soon as there is quiet', async () => {
  const { piece } = strand((now) => now < 220);
  expect(await piece(200)).toBe(20);
  expect(await piece(200)).toBe(0);
});

test('strands do not count the pieces of one another', async () => {
  let now = 0;
  const contention = {
    waiting: () => true,
    monotonic: () => now,
    pause: async (ms: number) => {
      now += ms;
    },
  };
  const [short, long] = [createTurn(contention), createTurn(contention)];
  now += 1;
  await short();
  expect(now).toBe(4);
  await long();
  expect(now).toBe(16);
});
