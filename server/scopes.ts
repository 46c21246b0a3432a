import type { Role, Scope } from './context.ts';

const SCOPES_OF_ROLE: Record<Role, readonly Scope[]> = {
  viewer: ['read'],
  editor: ['read', 'write', 'ingest'],
  admin: ['ingest', 'read', 'write', 'admin'],
};

/** What a user of this role may do. */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  return new Set(SCOPES_OF_ROLE[role]);
}

/** What a key with these scopes may do: `admin` includes all, `write` includes `read`; `ingest` is alone. */
export function effectiveScopes(scopes: readonly Scope[]): ReadonlySet<Scope> {
  if (scopes.includes('admin')) return scopesOfRole('admin');
  return new Set(scopes.includes('write') ? [...scopes, 'read'] : scopes);
}

/** Those of the scopes that the role has too. `cappedScopes(effectiveScopes(['write']), 'viewer')` → read */
export function cappedScopes(scopes: ReadonlySet<Scope>, role: Role): ReadonlySet<Scope> {
  return new Set(SCOPES_OF_ROLE[role].filter((scope) => scopes.has(scope)));
}

/** The role that a key's scopes come closest to, for display. */
export function roleOfScopes(scopes: ReadonlySet<Scope>): Role {
  if (scopes.has('admin')) return 'admin';
  return scopes.has('write') ? 'editor' : 'viewer';
}
