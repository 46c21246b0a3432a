import { expect, test } from 'vitest';
import { createIds } from './ids.ts';

test('ids sort in the order in which they were made, also within one millisecond and when the clock goes back', () => {
  const times = [1000, 1000, 1000, 999, 2000, 1_795_168_800_000];
  const ids = createIds(() => times.shift() ?? 2_000_000_000_000);
  const made = Array.from({ length: 1000 }, () => ids.id());
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(1000);
  expect(made.every((id) => /^[0-9a-z]{22}$/.test(id))).toBe(true);
});

test('two sources at one moment do not make the same ids', () => {
  const clock = () => 1_795_168_800_000;
  const [one, other] = [createIds(clock), createIds(clock)];
  const made = Array.from({ length: 500 }, () => [one.id(), other.id()]).flat();
  expect(new Set(made).size).toBe(1000);
});

test('a secret is 32 bytes in base64url', () => {
  expect(createIds(() => 0).secret()).toMatch(/^[\w-]{43}$/);
});
