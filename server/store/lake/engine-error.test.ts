import { expect, test } from 'vitest';
import { EngineError, engineCode, lakeError } from './engine-error.ts';

test.each([
  ['Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space.', 'insert', 'disk_full'],
  ['std::exception. Code: 1001: write failed: No space left on device', 'insert', 'disk_full'],
  ['Code: 159. DB::Exception: Timeout exceeded', 'query', 'query_too_large'],
  ['Code: 159. DB::Exception: Timeout exceeded', 'insert', 'store_unavailable'],
  ['Code: 241. DB::Exception: Query memory limit exceeded', 'query', 'query_too_large'],
  ['Code: 241. DB::Exception: (total) memory limit exceeded', 'query', 'store_unavailable'],
  ['Code: 241. DB::Exception: Query memory limit exceeded', 'insert', 'store_unavailable'],
  ['Code: 252. DB::Exception: Too many parts', 'insert', 'store_unavailable'],
  ['Code: 62. DB::Exception: Syntax error', 'query', 'internal'],
  ['nobody knows', 'command', 'internal'],
] as const)('%s of %s is %s', (message, statement, code) => {
  const error = lakeError(new EngineError(message), statement);
  expect(error.code).toBe(code);
  expect(error.message).not.toContain('Code:');
});

test('the number of the engine stays known', () => {
  expect(engineCode(lakeError(new EngineError('Code: 60. DB::Exception: no table'), 'query'))).toBe(60);
  expect(engineCode(new Error('other'))).toBeUndefined();
});
