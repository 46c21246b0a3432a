import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

test('no more run at the same time than there are places, first come first served', async () => {
  const gate = new Gate(2);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const runs = [0, 1, 2, 3].map((n) =>
    gate.run(() => {
      begun.push(n);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[0]!();
  await runs[0];
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2]);
  ends[1]!();
  ends[2]!();
  await Promise.all([runs[1], runs[2]]);
  await Promise.resolve();
  ends[3]!();
  await runs[3];
});

test('a failure gives its place back', async () => {
  const gate = new Gate(1);
  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.run(async () => 7)).toBe(7);
});
