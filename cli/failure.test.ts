import { expect, test } from 'vitest';
import { TiltmeterApiError } from '../clients/typescript/tiltmeter.ts';
import { ERRORS, TiltmeterError } from '../contract/errors.ts';
import { failureOf, Misuse } from './failure.ts';

test.each([
  ['misuse', new Misuse('no', 'so'), 'no', 2],
  ['a port that is taken', new TiltmeterError('port_in_use', 'port 1 is taken'), 'port 1 is taken', 2],
  ['a store that is away', new TiltmeterError('store_unavailable', 'no answer'), 'no answer', 1],
  [
    'a store that does not open',
    new TiltmeterError('store_unavailable', 'not opened', { cause: new Error('Code: 62\nat x') }),
    'not opened: Code: 62',
    1,
  ],
  ['an option that cannot be used', new TiltmeterError('invalid_option'), 'cannot be used', 2],
  [
    'an answer of the API',
    new TiltmeterApiError(404, 'not_found', 'no model x', 'h'),
    'no model x (not_found)',
    1,
  ],
  [
    'a request that is not as it must be',
    new TiltmeterApiError(400, 'invalid_request', 'name: too long', ERRORS.invalid_request.hint),
    'name: too long',
    1,
  ],
  ['no server', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }), 'ECONNREFUSED', 1],
  ['no file', Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: 'a.csv' }), 'no file a.csv', 2],
  ['a defect', new Error('first line\n    at somewhere'), 'first line', 1],
  ['something thrown that is no error', 'text', 'text', 1],
])('%s', (_, error, line, exit) => {
  const failure = failureOf(error);
  expect(failure.line).toContain(line);
  expect(failure.line).not.toContain('\n');
  expect(failure.hint).toBeTruthy();
  // Somebody at a terminal writes no requests.
  expect(failure.hint).not.toMatch(/openapi|header|Authorization|PATCH|content-type/i);
  expect(failure.exit).toBe(exit);
});

test.each([
  'invalid_request',
  'not_authenticated',
  'not_allowed',
  'label_type_mismatch',
  'no_common_columns',
] as const)('a hint at a terminal says what can be done there: %s', (code) => {
  const { hint } = failureOf(new TiltmeterApiError(400, code, 'm', ERRORS[code].hint));
  expect(hint).not.toMatch(/openapi|PATCH|Bearer|content-type/);
});
