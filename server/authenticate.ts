import type { FastifyRequest } from 'fastify';
import { TiltmeterError } from '../contract/errors.ts';
import { type Actor, ANONYMOUS, type Ctx, SYSTEM } from './context.ts';
import { authenticateKey } from './keys/authenticate-key.ts';
import { sameHash, secretHash } from './secrets.ts';
import { authenticateSession } from './users/authenticate-session.ts';
import { sessionSecret } from './users/session-cookie.ts';

/** The bootstrap key of TILTMETER_ADMIN_KEY, which lives in no store. */
const BOOTSTRAP: Actor = { ...SYSTEM, kind: 'operator', id: 'bootstrap', name: 'TILTMETER_ADMIN_KEY' };

/** Whoever may read the data folder. */
const LOCAL: Actor = { ...SYSTEM, kind: 'operator', id: 'local', name: 'the owner of the data folder' };

/** Hashes of the secrets that are kept in no store. */
export interface OwnKeys {
  /** Of TILTMETER_ADMIN_KEY. */
  readonly admin: string | undefined;
  /** Of the token in the data folder. */
  readonly local: string;
}

/**
 * Who sends this request: the holder of the key in `Authorization: Bearer`, as the password of `Authorization: Basic` or in `x-api-key`, else of the session cookie, else nobody.
 * Errors: not_authenticated when a key came but is not valid.
 */
export async function authenticate(ctx: Ctx, request: FastifyRequest, own: OwnKeys): Promise<Actor> {
  const secret = sentKey(request);
  if (secret !== undefined) {
    const hash = secretHash(secret);
    if (own.admin !== undefined && sameHash(hash, own.admin)) return BOOTSTRAP;
    if (sameHash(hash, own.local)) return LOCAL;
    const actor = await authenticateKey(ctx, secret);
    if (!actor)
      throw new TiltmeterError(
        'not_authenticated',
        'the key is unknown, revoked or expired, or its owner is locked out',
      );
    return actor;
  }
  const sent = sessionSecret(ctx, request);
  return (sent && (await authenticateSession(ctx, sent))) || ANONYMOUS;
}

/** The key that a request brings; undefined when it brings none. Errors: not_authenticated where it is said in another way. */
function sentKey({ headers }: FastifyRequest): string | undefined {
  const { authorization, 'x-api-key': apiKey } = headers;
  if (authorization === undefined) return typeof apiKey === 'string' && apiKey !== '' ? apiKey : undefined;
  const secret = /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? passwordOf(authorization);
  if (!secret)
    throw new TiltmeterError(
      'not_authenticated',
      'Authorization must be "Bearer <key>", or Basic with the key as password',
    );
  return secret;
}

/** Of `Authorization: Basic`, with whatever name: some senders can do nothing else. */
function passwordOf(authorization: string): string | undefined {
  const sent = /^basic +([\w+/=]+) *$/i.exec(authorization)?.[1];
  const text = Buffer.from(sent ?? '', 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
}
