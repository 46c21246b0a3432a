import { expect, test } from 'vitest';
import { scopesOfRole } from '../../../server/scopes.ts';
import { mayOf } from './useMay.ts';

test.each(['viewer', 'editor', 'admin'] as const)('a %s may do what the server lets them do', (role) => {
  const scopes = scopesOfRole(role);
  expect(mayOf(role)).toEqual({ write: scopes.has('write'), admin: scopes.has('admin') });
});

test('nobody in particular may do nothing', () => {
  expect(mayOf(undefined)).toEqual({ write: false, admin: false });
});
