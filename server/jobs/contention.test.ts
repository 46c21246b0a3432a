import { expect, test } from 'vitest';
import { createTurns } from './contention.ts';

/** Strands of pieces, one after the other, with a clock that only work and pauses move. */
function strands(waitedMs: (now: number) => number) {
  let now = 0;
  const make = createTurns({
    waitedMs: () => waitedMs(now),
    monotonic: () => now,
    pause: async (ms) => {
      now += ms;
    },
  });
  return () => {
    const turn = make();
    /** Milliseconds that the turn after a piece of so many took. */
    return async (ms: number): Promise<number> => {
      now += ms;
      const before = now;
      await turn();
      return now - before;
    };
  };
}

const strand = (waitedMs: (now: number) => number) => strands(waitedMs)();

test('while nobody waits the next piece begins at once', async () => {
  const piece = strand(() => 0);
  expect([await piece(10), await piece(500), await piece(60_000)]).toEqual([0, 0, 0]);
});

test.each([
  ['a moment', 30],
  ['long', 900],
])(
  'while somebody waits (%s) it has a fourth of the time, and no piece counts for more than a second',
  async (_, ms) => {
    const piece = strand(() => ms);
    expect(await piece(10)).toBe(30);
    expect(await piece(200)).toBe(600);
    expect(await piece(1)).toBe(3);
  },
);

test('however long a piece took, the next one comes', async () => {
  expect(await strand(() => 30)(8 * 3_600_000)).toBe(1_000);
  expect(await strand(() => 900)(8 * 3_600_000)).toBe(3_000);
});

test('it goes on as soon as there is quiet', async () => {
  const piece = strand((now) => (now < 220 ? 30 : 0));
  expect(await piece(200)).toBe(20);
  expect(await piece(200)).toBe(0);
});

/** The share of the time that pieces of 10 ms of so many strands at once have, while somebody has waited for so long. */
async function shareOf(count: number, waited: number): Promise<number> {
  let now = 0;
  const timers: { at: number; go: () => void }[] = [];
  const sleep = (ms: number) => new Promise<void>((go) => void timers.push({ at: now + ms, go }));
  const make = createTurns({ waitedMs: () => waited, monotonic: () => now, pause: sleep });
  let worked = 0;
  for (let i = 0; i < count; i++) {
    void (async () => {
      for (const turn = make(); ; await turn()) {
        await sleep(10);
        worked += 10;
      }
    })();
  }
  while (now < 4_000) {
    // Whatever can go on without time passing has gone on.
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
    timers.sort((a, b) => a.at - b.at);
    const next = timers.shift()!;
    now = next.at;
    next.go();
  }
  return worked / now;
}

test('many strands together take one thread while somebody waits, and a fourth of it when that is long', async () => {
  expect(await shareOf(1, 30)).toBeCloseTo(0.25, 1);
  expect(await shareOf(12, 30)).toBeCloseTo(1, 1);
  expect(await shareOf(12, 900)).toBeCloseTo(0.25, 1);
});
