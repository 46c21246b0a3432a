import { expect, test } from 'vitest';
import { maskLine } from './mask.ts';

test.each([
  ['user 17 took 35ms from 10.0.0.7', 'user <*> took <*> from <*>'],
  ['2026-11-27T10:00:00.123Z ready', '<*> ready'],
  ['request 4bf92f3577b34da6a3ce929d0e0e4736 failed', 'request <*> failed'],
  ['id=550e8400-e29b-41d4-a716-446655440000, rows=12,345', 'id=<*>, rows=<*>'],
  ['GET /models/churn/v3/rows/17 200', 'GET /models/churn/v<*>/rows/<*> <*>'],
  ['pod churn-7f9c8d6b5f is gone', 'pod churn-<*> is gone'],
  ['feature "age" is null', 'feature "age" is null'],
  ['drift of 12.5% (n = 4,310)', 'drift of <*> (n = <*>)'],
  ['mail to ada@example.org bounced', 'mail to <*> bounced'],
  ['at fe80::1 and 2001:db8::7', 'at <*> and <*>'],
  ['added 0xdeadbeef to the cache', 'added <*> to the cache'],
  ['cache facade', 'cache facade'],
  ['read s3://bucket/day-17', 'read s3://bucket/day-<*>'],
  ['', ''],
])('%s', (line, masked) => {
  expect(maskLine(line)).toBe(masked);
});

test('a line takes no longer than its length, whatever is in it', () => {
  for (const odd of ['1', '!', 'a@', '(', '=', '1_', 'a.', ':', '/', '.9', 'f:']) {
    const began = performance.now();
    for (let i = 0; i < 50; i++) maskLine(`${odd.repeat(2000)}x`);
    expect(performance.now() - began, odd).toBeLessThan(500);
  }
});
