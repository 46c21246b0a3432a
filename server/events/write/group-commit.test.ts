import { expect, test } from 'vitest';
import { GroupCommit, type Pace } from './group-commit.ts';

interface Rows {
  readonly rows: number[];
}

/** A group commit whose writes end when the test says so. */
function setUp({
  full = 100,
  lingerMs = 1,
  ample = Number.POSITIVE_INFINITY,
  pace = undefined as Pace | undefined,
  shared = (): boolean => false,
} = {}) {
  const written: number[][] = [];
  const writes: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  const commit = new GroupCommit<Rows>({
    make: () => ({ rows: [] }),
    write: ({ rows }) => {
      written.push([...rows]);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      writes.push({ resolve, reject });
      return promise;
    },
    full: ({ rows }) => rows.length >= full,
    empty: ({ rows }) => rows.length === 0,
    ample: ({ rows }) => rows.length >= ample,
    lingerMs,
    shared,
    ...(pace === undefined ? {} : { pace }),
  });
  const add = (row: number) => {
    const group = commit.open();
    group.requests++;
    group.batch.rows.push(row);
    return group.stored;
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };
  return { commit, written, writes, add, until };
}

test('rows that come while one batch is written go together into the next', async () => {
  const { written, writes, add, until } = setUp();
  const first = add(1);
  await until(() => writes.length === 1);
  const later = [add(2), add(3), add(4)];
  writes[0]!.resolve();
  await first;
  await until(() => writes.length === 2);
  writes[1]!.resolve();
  await Promise.all(later);
  expect(written).toEqual([[1], [2, 3, 4]]);
});

test('a full batch is sealed; batches are written in order, one at a time', async () => {
  const { written, writes, add, until } = setUp({ full: 2 });
  const all = [1, 2, 3, 4, 5].map(add);
  for (let i = 0; i < 3; i++) {
    await until(() => writes.length === i + 1);
    expect(written).toHaveLength(i + 1);
    writes[i]!.resolve();
  }
  await Promise.all(all);
  expect(written).toEqual([[1, 2], [3, 4], [5]]);
});

test('a failed write fails those who wait for it and nobody else', async () => {
  const { commit, writes, add, until } = setUp();
  const first = add(1);
  await until(() => writes.length === 1);
  const second = add(2);
  writes[0]!.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await until(() => writes.length === 2);
  writes[1]!.resolve();
  await second;
  expect(commit.idle).toBe(true);
});

test('draining writes what is there without waiting for company', async () => {
  const { commit, writes, add, until } = setUp({ lingerMs: 1e9 });
  const stored = add(1);
  const drained = commit.drain();
  await until(() => writes.length === 1);
  writes[0]!.resolve();
  await Promise.all([stored, drained]);
  await commit.drain();
});

test('a group that got no row is not written', async () => {
  const { commit, writes, until } = setUp();
  const { stored } = commit.open();
  await stored;
  await until(() => commit.idle);
  expect(writes).toHaveLength(0);
});

test('an ample batch is written beside the one that is being written, and never a third', async () => {
  const { commit, written, writes, add, until } = setUp({ ample: 2 });
  const first = add(1);
  await until(() => writes.length === 1);
  const later = [add(2), add(3), add(4), add(5), add(6), add(7)];
  await until(() => writes.length === 2);
  expect(written).toEqual([[1], [2, 3]]);
  expect(commit.pending()).toHaveLength(3);
  writes[1]!.resolve();
  await later[1];
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toHaveLength(2);
  later.push(add(8));
  await until(() => writes.length === 3);
  writes[0]!.resolve();
  writes[2]!.resolve();
  await first;
  await until(() => writes.length === 4);
  for (const write of writes) write.resolve();
  await Promise.all(later);
  expect(written.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await until(() => commit.idle);
});

test('behind a group of many requests the next waits, unless it is ample; who sends alone never does', async () => {
  const { written, writes, add, until } = setUp({
    ample: 3,
    pace: { requests: 2, ms: 1e9, quietMs: 1, mostMs: 1e9 },
  });
  const many = [add(1), add(2)];
  await until(() => writes.length === 1);
  writes[0]!.resolve();
  await Promise.all(many);
  const alone = add(3);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(written).toEqual([[1, 2]]);
  const others = [add(4), add(5), add(6)];
  await until(() => writes.length === 2);
  expect(written[1]).toEqual([3, 4, 5]);
  writes[1]!.resolve();
  await Promise.all([alone, ...others.slice(0, 2)]);
});

test('behind one request the next is written at once', async () => {
  const { writes, add, until } = setUp({ pace: { requests: 2, ms: 1e9, quietMs: 1, mostMs: 1e9 } });
  for (const n of [1, 2, 3]) {
    const stored = add(n);
    await until(() => writes.length === n);
    writes[n - 1]!.resolve();
    await stored;
  }
});

test('while others are written, too, the next of a few waits for as long as the last took', async () => {
  const { writes, add, until } = setUp({ shared: () => true });
  const first = add(1);
  await until(() => writes.length === 1);
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 30));
  writes[0]!.resolve();
  await first;
  const took = performance.now() - began;
  const next = add(2);
  await until(() => writes.length === 2);
  expect(performance.now() - began).toBeGreaterThanOrEqual(2 * took - 5);
  writes[1]!.resolve();
  await next;
});

test('behind a group of many requests the next gathers for as long as they come, until it is time', async () => {
  const { written, writes, add, until } = setUp({ pace: { requests: 2, ms: 1, quietMs: 1e9, mostMs: 40 } });
  const many = [add(1), add(2)];
  await until(() => writes.length === 1);
  const began = performance.now();
  writes[0]!.resolve();
  await Promise.all(many);
  const next = add(3);
  await until(() => writes.length === 2);
  expect(performance.now() - began).toBeGreaterThanOrEqual(35);
  expect(written[1]).toEqual([3]);
  writes[1]!.resolve();
  await next;
});

test('once nobody comes any more, those who are there are written', async () => {
  const { writes, add, until } = setUp({ pace: { requests: 2, ms: 1, quietMs: 2, mostMs: 1e9 } });
  const many = [add(1), add(2)];
  await until(() => writes.length === 1);
  writes[0]!.resolve();
  await Promise.all(many);
  const next = add(3);
  await until(() => writes.length === 2);
  writes[1]!.resolve();
  await next;
});
