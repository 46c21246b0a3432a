import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Stretch } from '../plan/stretches.ts';
import { Shelf } from './shelf.ts';

const COLUMNS = ['a', 'b'];
const END = 60;

/** A shelf over a value of every column and bucket, and what was read to fill it. */
function shelfOf(mostMs: number) {
  const read: Stretch[] = [];
  const within = { from: 0, to: END };
  const filling = { columns: new Set(COLUMNS), within, mostMs };
  const shelf = new Shelf(
    {
      ...filling,
      async read(columns, { from, to }) {
        read.push({ from, to });
        return allIn(columns, { from, to });
      },
    },
    1,
  );
  return { shelf, read };
}

function allIn(columns: readonly string[], { from, to }: Stretch) {
  const times = Array.from({ length: END }, (_, time) => time).filter((time) => from <= time && time < to);
  return columns.flatMap((column) => times.map((time) => ({ column, time })));
}

const stretch = fc
  .tuple(fc.integer({ min: -10, max: END }), fc.integer({ min: 1, max: 30 }))
  .map(([from, length]) => ({ from, to: from + length }));
const names = fc.constantFrom(['a'], ['b'], ['a', 'b'], ['a', 'c']);

test('what is asked of a shelf is what is there, whatever was asked before and however little it may keep', async () => {
  const sorted = (rows: readonly { column: string; time: number }[]) =>
    rows.map(({ column, time }) => `${column} ${time}`).sort();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(names, stretch), { maxLength: 8 }),
      fc.integer({ min: 0, max: END }),
      async (questions, mostMs) => {
        const { shelf } = shelfOf(mostMs);
        for (const [columns, asked] of questions)
          expect(sorted(await shelf.of(columns, asked))).toEqual(sorted(allIn(columns, asked)));
      },
    ),
  );
});

test('a bucket is read once, with what lies beside it', async () => {
  const { shelf, read } = shelfOf(END);
  await shelf.of(['a'], { from: 20, to: 30 });
  await shelf.of(['b'], { from: 16, to: 34 });
  await shelf.of(['a', 'b'], { from: 30, to: 50 });
  await shelf.of(['a', 'b'], { from: 10, to: 50 });
  expect(read).toEqual([
    { from: 15, to: 35 },
    { from: 35, to: 60 },
    { from: 0, to: 15 },
  ]);
});

test('what is too much to keep is read by whoever asks for it', async () => {
  const { shelf, read } = shelfOf(12);
  await shelf.of(['a'], { from: 20, to: 30 });
  await shelf.of(['b'], { from: 22, to: 30 });
  await shelf.of(['a'], { from: 0, to: 50 });
  expect(read).toEqual([
    { from: 20, to: 30 },
    { from: 0, to: 50 },
  ]);
});
