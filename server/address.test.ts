import { expect, test } from 'vitest';
import { httpAddress, isLoopback } from './address.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4', false],
  ['localhost.example.org', false],
  ['', false],
])('%s is of this machine alone: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('an address as a browser takes it', () => {
  expect(httpAddress('127.0.0.1', 80)).toBe('http://127.0.0.1:80');
  expect(httpAddress('::1', 8765)).toBe('http://[::1]:8765');
  expect(httpAddress('0.0.0.0', 8765)).toBe('http://127.0.0.1:8765');
  expect(httpAddress('::', 8765)).toBe('http://127.0.0.1:8765');
});
