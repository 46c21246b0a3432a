import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStamps } from './stamps.ts';

test('a stamp is the wall clock where that goes forward, and one more than the last where it does not', () => {
  let now = 1000;
  const stamps = createStamps(() => now);
  expect([stamps.next(), stamps.next()]).toEqual([1000, 1001]);
  now = 5000.7;
  expect(stamps.next()).toBe(5000);
  now = 10;
  expect(stamps.next()).toBe(5001);
});

test('the mark stands at the oldest stamp that is under way', () => {
  let now = 1000;
  const stamps = createStamps(() => now);
  const [a, b] = [stamps.next(), stamps.next()];
  now = 2000;
  stamps.settled(b);
  expect(stamps.mark()).toBe(a);
  stamps.settled(a);
  expect(stamps.mark()).toBe(2000);
  // what is stamped after a mark is not below it
  now = 1500;
  expect(stamps.next()).toBe(2000);
});

test('a floor raises the stamps that come, never those that were given', () => {
  const stamps = createStamps(() => 1000);
  stamps.raise(9000);
  expect(stamps.next()).toBe(9000);
  stamps.raise(500);
  expect(stamps.next()).toBe(9001);
});

/**
 * Two servers whose clocks jump as they like, inserts that become visible at any moment or never, and a reader whose
 * cursor follows the smallest mark: every row that is visible in the end was seen in one look, whole.
 */
test('looks at [cursor, smallest mark) see every stored row exactly once', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const), server: fc.nat(1), arrives: fc.boolean() }),
    fc.record({ do: fc.constant('settle' as const), nth: fc.nat(5) }),
    fc.record({
      do: fc.constant('clock' as const),
      server: fc.nat(1),
      by: fc.integer({ min: -3e7, max: 3e7 }),
    }),
    fc.record({ do: fc.constant('beat' as const), server: fc.nat(1) }),
    fc.record({ do: fc.constant('restart' as const), server: fc.nat(1) }),
    fc.record({ do: fc.constant('look' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const clocks = [1e9, 1e9 + 30_000];
      const open = (server: number) => createStamps(() => clocks[server]!);
      const servers = [open(0), open(1)];
      const told = servers.map((stamps) => stamps.mark());
      let underWay: { server: number; stamp: number; id: number; arrives: boolean }[] = [];
      const visible = new Map<number, number>();
      const seen: number[] = [];
      let rows = 0;
      let cursor = 0;
      const settle = (one: (typeof underWay)[number]) => {
        if (one.arrives) visible.set(one.id, one.stamp);
        servers[one.server]!.settled(one.stamp);
        underWay = underWay.filter((each) => each !== one);
      };
      const beat = (server: number) => {
        told[server] = servers[server]!.mark();
        servers[server]!.raise(Math.max(...told));
      };
      const look = () => {
        const to = Math.min(...told);
        for (const [id, stamp] of visible) if (cursor <= stamp && stamp < to) seen.push(id);
        cursor = Math.max(cursor, to);
      };
      for (const each of steps) {
        if (each.do === 'write') underWay.push({ ...each, stamp: servers[each.server]!.next(), id: rows++ });
        else if (each.do === 'settle' && underWay.length > 0) settle(underWay[each.nth % underWay.length]!);
        else if (each.do === 'clock') clocks[each.server]! += each.by;
        else if (each.do === 'beat') beat(each.server);
        else if (each.do === 'look') look();
        else if (each.do === 'restart') {
          // a clean stop: nothing is under way; the new process begins above what was told
          for (const one of underWay.filter(({ server }) => server === each.server)) settle(one);
          const last = servers[each.server]!.mark();
          servers[each.server] = open(each.server);
          servers[each.server]!.raise(Math.max(last, ...told));
        }
      }
      for (const one of [...underWay]) settle(one);
      for (let round = 0; round < 3; round++) for (const server of [0, 1]) beat(server);
      look();
      expect(seen.toSorted((a, b) => a - b)).toEqual([...visible.keys()].toSorted((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});
