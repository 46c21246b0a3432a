import { expect, test } from 'vitest';
import { protectionOf } from './protect.ts';
import { pseudonymsOf } from './pseudonyms.ts';

const protection = protectionOf([], pseudonymsOf('a2V5'));

test.each([
  [{ width: 10 }, 37, 30],
  [{ width: 10 }, -1, -10],
  [{ width: 0.1 }, 0.3, 0.30000000000000004],
  [{ width: 10 }, '37', '30'],
  [{ width: 10 }, 'n/a', undefined],
  [{ width: 10, characters: 2 }, 'n/a', 'n/'],
  [{ characters: 4 }, '1984-05-12', '1984'],
  [{ characters: 4 }, 1984, undefined],
  [{ width: 10 }, true, undefined],
  [{ width: 1e-9 }, 1e308, undefined],
])('a bucket of %j: %s becomes %s, and stays', (bucket, value, stored) => {
  const rule = { columns: 'a', action: 'bucket' as const, ...bucket };
  const once = protection.value(rule, value);
  expect(once).toBe(stored);
  if (once !== undefined) expect(protection.value(rule, once)).toBe(stored);
});

test('a hash is the same for the same text, of a number as of its text, and is not hashed again', () => {
  const rule = { columns: 'a', action: 'hash' as const };
  const once = protection.value(rule, 37);
  expect(once).toMatch(/^hmac:[\w-]{22}$/);
  expect(protection.value(rule, '37')).toBe(once);
  expect(protection.value(rule, once!)).toBe(once);
  expect(protectionOf([], pseudonymsOf('b3RoZXI')).value(rule, 37)).not.toBe(once);
});
