import { expect, test } from 'vitest';
import type { Answer } from './ask.ts';
import { askAll } from './ask-all.ts';

const rows = (n: number) => Array.from({ length: n }, (_, x) => ({ x }));
const LATE: Answer = { reason: 'timeout', detail: 'none within 5 s' };
const still = () => 0;

test('a row without an answer is asked for once more', async () => {
  const asked = new Map<unknown, number>();
  const answers = await askAll(
    async ({ x }) => {
      asked.set(x, (asked.get(x) ?? 0) + 1);
      return Number(x) % 7 === 0 && asked.get(x) === 1 ? LATE : { value: 'yes', ms: 1 };
    },
    rows(30),
    still,
  );
  expect(answers.every((answer) => 'value' in answer)).toBe(true);
  expect([...asked.values()].reduce((a, b) => a + b)).toBe(35);
});

test('an endpoint that answers nothing is given up, and every row has its reason', async () => {
  let asked = 0;
  const answers = await askAll(
    async () => {
      asked++;
      return LATE;
    },
    rows(1000),
    still,
  );
  expect(answers).toHaveLength(1000);
  expect(answers.every((answer) => answer === LATE)).toBe(true);
  expect(asked).toBeLessThan(30);
});

test('a run ends in its time, however slow each answer is', async () => {
  let now = 0;
  const answers = await askAll(
    async () => {
      now += 10_000;
      return { value: 'yes', ms: 10_000 };
    },
    rows(100),
    () => now,
  );
  expect(now).toBeLessThan(300_000);
  expect(answers[0]).toMatchObject({ value: 'yes' });
  expect(answers.at(-1)).toMatchObject({ reason: 'interrupted' });
});
