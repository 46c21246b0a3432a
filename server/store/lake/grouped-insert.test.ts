import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { groupedInserts } from './grouped-insert.ts';
import type { InsertBatch } from './lake.ts';

/** A lake that notes its inserts and is let go one insert at a time. */
function lakeOf(refuses: (rows: string[]) => Error | undefined = () => undefined) {
  const inserts: string[][] = [];
  let release: (() => void)[] = [];
  return {
    inserts,
    lake: {
      async insert(batch: InsertBatch) {
        const rows = batch.table.split(',');
        inserts.push(rows);
        await new Promise<void>((resolve) => release.push(resolve));
        const error = refuses(rows);
        if (error) throw error;
      },
    },
    async letGo() {
      const held = release;
      release = [];
      for (const resolve of held) resolve();
      for (let i = 0; i < 10; i++) await Promise.resolve();
    },
  };
}

const store = groupedInserts(
  (rows: readonly string[]) => ({ table: rows.join(), rows: rows.length }) as InsertBatch,
);

test('what is handed over while an insert runs goes with the next one, and each hears when its own is stored', async () => {
  const { lake, inserts, letGo } = lakeOf();
  const heard: string[] = [];
  const hand = (row: string) => store(lake, [row]).then(() => heard.push(row));
  hand('a');
  await Promise.resolve();
  await Promise.resolve();
  for (const row of ['b', 'c', 'd']) hand(row);
  expect(inserts).toEqual([['a']]);
  await letGo();
  expect(heard).toEqual(['a']);
  expect(inserts).toEqual([['a'], ['b', 'c', 'd']]);
  await letGo();
  expect(heard).toEqual(['a', 'b', 'c', 'd']);
  await store(lake, []);
  expect(inserts).toHaveLength(2);
});

test('what cannot be stored fails nobody else; a full disk fails all, and nothing is tried again', async () => {
  const bad = lakeOf((rows) => (rows.includes('bad') ? new TiltmeterError('internal') : undefined));
  const outcome = (row: string) =>
    store(bad.lake, [row]).then(
      () => `${row} stored`,
      ({ code }) => `${row} ${code}`,
    );
  const all = Promise.all(['good', 'bad', 'fine'].map(outcome));
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j < 10; j++) await Promise.resolve();
    await bad.letGo();
  }
  expect(await all).toEqual(['good stored', 'bad internal', 'fine stored']);

  const full = lakeOf(() => new TiltmeterError('disk_full'));
  const refused = Promise.allSettled([store(full.lake, ['a']), store(full.lake, ['b'])]);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 10; j++) await Promise.resolve();
    await full.letGo();
  }
  expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(full.inserts).toEqual([['a', 'b']]);
});

test('rows of which no batch can be made fail nobody else, and nothing hangs', async () => {
  const { lake, letGo } = lakeOf();
  const odd = groupedInserts((rows: readonly string[]) => {
    if (rows.includes('odd')) throw new RangeError('no batch');
    return { table: rows.join(), rows: rows.length } as InsertBatch;
  });
  const all = Promise.allSettled(['good', 'odd', 'fine'].map((row) => odd(lake, [row])));
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j < 10; j++) await Promise.resolve();
    await letGo();
  }
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('when many hand something over in a second, an insert waits for more', async () => {
  const { lake, inserts, letGo } = lakeOf();
  const stored: Promise<void>[] = [];
  for (let i = 0; i < 8; i++) {
    stored.push(store(lake, [`${i}`]));
    await new Promise((resolve) => setImmediate(resolve));
    await letGo();
  }
  while (inserts.flat().length < 8) {
    await new Promise((resolve) => setImmediate(resolve));
    await letGo();
  }
  await letGo();
  await Promise.all(stored);
  expect(inserts.length).toBeLessThan(8);
  expect(inserts.flat()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});
