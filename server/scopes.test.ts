import { expect, test } from 'vitest';
import { effectiveScopes, roleOfScopes, scopesOfRole } from './scopes.ts';

test.each([
  ['viewer', ['read']],
  ['editor', ['read', 'write', 'ingest']],
  ['admin', ['ingest', 'read', 'write', 'admin']],
] as const)('what a %s may do', (role, scopes) => {
  expect([...scopesOfRole(role)]).toEqual(scopes);
});

test.each([
  [['ingest'], ['ingest'], 'viewer'],
  [['read'], ['read'], 'viewer'],
  [['write'], ['write', 'read'], 'editor'],
  [['admin'], ['ingest', 'read', 'write', 'admin'], 'admin'],
] as const)('a key with %s', (given, effective, role) => {
  expect([...effectiveScopes(given)]).toEqual(effective);
  expect(roleOfScopes(effectiveScopes(given))).toBe(role);
});
