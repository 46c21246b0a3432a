import { expect, test } from 'vitest';
import type { TableRow } from '../tables/table-row.ts';
import { BATCH, BATCH_CHARACTERS, batchesOf } from './batches.ts';

const sending = { unsettled: ['x'], fits: (row: TableRow, column: string) => row[column] !== 'n/k' };

async function sizes(rows: readonly TableRow[]): Promise<number[]> {
  async function* each() {
    yield* rows;
  }
  const found: number[] = [];
  for await (const batch of batchesOf(each(), sending)) found.push(batch.length);
  return found;
}

test('a thousand rows a request, and the rest', async () => {
  const rows = Array.from({ length: 2 * BATCH + 1 }, (_, x) => ({ x }));
  expect(await sizes(rows)).toEqual([BATCH, BATCH, 1]);
});

test('large rows go in smaller requests, those that waited too', async () => {
  const note = 'a'.repeat(BATCH_CHARACTERS / 4);
  const rows = Array.from({ length: 10 }, (_, i) => ({ x: i < 6 ? 'n/k' : i, note }));
  const found = await sizes(rows);
  expect(found.reduce((sum, size) => sum + size)).toBe(10);
  expect(Math.max(...found)).toBe(4);
});

test('what many columns hold counts like long text', async () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]));
  const [first] = await sizes(Array.from({ length: 50 }, () => wide));
  expect(first! * JSON.stringify(wide).length).toBeLessThan(8 * 1024 * 1024);
});
