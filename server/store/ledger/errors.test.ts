import { expect, test } from 'vitest';
import { ledgerError } from './errors.ts';

const failure = (fields: object) => Object.assign(new Error('failed'), fields);

test.each([
  ['a unique key in SQLite', { errcode: 2067 }, 'conflict'],
  ['a unique key in PostgreSQL', { code: '23505' }, 'conflict'],
  ['SQLite on a full disk', { errcode: 13 }, 'disk_full'],
  ['PostgreSQL on a full disk', { code: '53100' }, 'disk_full'],
  ['a busy SQLite', { errcode: 261 }, 'store_unavailable'],
  ['a deadlock', { code: '40P01' }, 'store_unavailable'],
  ['a server that is away', { code: 'ECONNREFUSED' }, 'store_unavailable'],
  ['a NUL in text', { code: '22021' }, 'invalid_unicode'],
])('%s', (_, fields, code) => {
  expect(ledgerError(failure(fields))).toMatchObject({ code });
});

test('a defect stays what it is', () => {
  for (const defect of [failure({ code: '42601' }), failure({ errcode: 1 }), 'text']) {
    expect(ledgerError(defect)).toBe(defect);
  }
});
