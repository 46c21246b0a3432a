import assert from 'node:assert/strict';
import type { Role, Scope } from '../../server/context.ts';
import type { Operation } from '../../server/http/openapi.ts';
import { effectiveScopes, scopesOfRole } from '../../server/scopes.ts';
import type { TestApp } from '../app.ts';
import { linkToken } from '../link-token.ts';

/** Somebody who asks: a person who is signed in, a key, or nobody. */
export interface Walker {
  readonly who: string;
  /** What stands in the header of a request of theirs. */
  headers(): Record<string, string>;
  readonly may: ReadonlySet<Scope>;
  readonly key: boolean;
  /** The model that a key is one of. */
  readonly only?: string;
  /** Signs in again, when something has ended the session. */
  readonly again?: () => Promise<void>;
}

/** Proxies that tests believe: each who asks comes from an address of their own. */
export const TRUSTED = ['127.0.0.1'];

const ROLES: readonly Role[] = ['viewer', 'editor', 'admin'];
const KEYS: readonly { readonly scopes: readonly Scope[]; readonly models?: readonly string[] }[] = [
  { scopes: ['ingest'] },
  { scopes: ['read'] },
  { scopes: ['write'] },
  { scopes: ['admin'] },
  { scopes: ['ingest'], models: ['m'] },
  { scopes: ['read'], models: ['m'] },
  { scopes: ['ingest', 'write'], models: ['m'] },
];

/** People of each role, keys of each kind, and nobody. The server must trust `TRUSTED`. */
export async function walkers(tilt: TestApp): Promise<Walker[]> {
  const people = await Promise.all(ROLES.map((role) => person(tilt, role)));
  const keys: Walker[] = [];
  for (const { scopes, models } of KEYS) {
    const who = `a key: ${scopes}${models === undefined ? '' : ` of ${models}`}`;
    const { body } = await tilt.json('POST', '/api/v1/keys', { name: who, scopes, models });
    const headers = { authorization: `Bearer ${body.secret}`, 'x-forwarded-for': `10.1.0.${keys.length}` };
    const may = effectiveScopes(scopes);
    keys.push({ who, headers: () => headers, may, key: true, ...(models && { only: models[0]! }) });
  }
  const nobody = {
    who: 'nobody',
    headers: () => ({ 'x-forwarded-for': '10.3.0.1' }),
    may: new Set<Scope>(),
    key: false,
  };
  return [...people, ...keys, nobody];
}

async function person(tilt: TestApp, role: Role): Promise<Walker> {
  const email = `${role}@walkers.example`;
  const { body: user } = await tilt.json('POST', '/api/v1/users', { email, name: email, role });
  let times = 0;
  let cookie = '';
  const from = `10.2.${ROLES.indexOf(role)}`;
  const again = async () => {
    const { body: link } = await tilt.json('POST', `/api/v1/users/${user.id}/link`);
    const reply = await fetch(`${tilt.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `${from}.${++times % 250}` },
      body: JSON.stringify({ token: linkToken(link.url) }),
    });
    cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  await again();
  const headers = () => ({ cookie, origin: tilt.address, 'x-forwarded-for': `${from}.255` });
  return { who: `a signed-in ${role}`, headers, may: scopesOfRole(role), key: false, again };
}

/** Fails where somebody was let in who, as the document says, is not. `path`: with its values. */
export function requireAllowed(walker: Walker, { description }: Operation, path: string): void {
  const access = /^Needs (\w+) access/.exec(description)?.[1] as Scope | undefined;
  if (access === undefined) return;
  const where = `${walker.who} was let in: ${path}`;
  assert.ok(walker.may.has(access), where);
  assert.ok(!walker.key || !/No key may/.test(description), where);
  if (walker.only === undefined || access === 'ingest') return;
  assert.match(path, new RegExp(`^/api/v1/models/${walker.only}(/|\\?|$)`), where);
}
