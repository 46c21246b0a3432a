import { z } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { NewUser, OwnSession, Session, User, UserChange } from '../../contract/user.ts';
import type { Ctx } from '../context.ts';
import { type Route, route } from '../http/route.ts';
import { VERSION } from '../version.ts';
import { changeUser } from './change-user.ts';
import { createLink } from './create-link.ts';
import { createUser } from './create-user.ts';
import { endSession, endSessions } from './end-sessions.ts';
import { firstAdmin } from './first-admin.ts';
import { listSessions } from './list-sessions.ts';
import { listUsers } from './list-users.ts';
import { clearSession, sessionSecret, setSession } from './session-cookie.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const ById = z.object({ id: z.string() });

/** A key has a session of its own kind, so that a client can ask whom its key speaks for. */
async function currentSession(ctx: Ctx): Promise<z.infer<typeof Session>> {
  const { kind, id, name, role } = ctx.actor;
  if (kind === 'anonymous') throw new TiltmeterError('not_authenticated');
  const user = await ctx.ledger.selectFrom('users').select('name').where('id', '=', id).executeTakeFirst();
  return { user: { id, email: name, name: user?.name ?? name, role }, version: VERSION };
}

export const userRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Who is signed in',
    tag: 'session',
    access: 'public',
    reply: Session,
    handle: (ctx) => currentSession(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in with the token of a one-time link',
    tag: 'session',
    access: 'public',
    perMinute: 10,
    bodyLimit: 4 * 1024,
    body: z.object({ token: z.string().min(1).max(256) }).strict(),
    reply: Session,
    async handle(ctx, { body, request, reply }) {
      const { user, secret } = await signIn(ctx, body.token, request.headers['user-agent']);
      setSession(ctx, reply, secret);
      const { id, email, name, role } = user;
      return { user: { id, email, name, role }, version: VERSION };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Sign out',
    tag: 'session',
    access: 'public',
    async handle(ctx, { request, reply }) {
      const sent = sessionSecret(ctx, request);
      if (sent) await signOut(ctx, sent.secret);
      clearSession(ctx, reply);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/sessions',
    summary: 'Where you are signed in',
    tag: 'session',
    access: 'read',
    byPeople: true,
    query: PageQuery,
    reply: pageOf(OwnSession),
    handle: (ctx, { query, request }) => listSessions(ctx, query, sessionSecret(ctx, request)?.secret),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    summary: 'Sign out one of your sessions',
    tag: 'session',
    access: 'read',
    byPeople: true,
    params: ById,
    handle: (ctx, { params }) => endSession(ctx, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/sessions',
    summary: 'Sign out everywhere, here too',
    tag: 'session',
    access: 'read',
    byPeople: true,
    async handle(ctx, { reply }) {
      await endSessions(ctx, ctx.actor.id);
      clearSession(ctx, reply);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/users/:id/sessions',
    summary: 'Sign a person out everywhere',
    tag: 'users',
    access: 'admin',
    byPeople: true,
    params: ById,
    handle: (ctx, { params }) => endSessions(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/users',
    summary: 'Users',
    tag: 'users',
    access: 'admin',
    query: PageQuery,
    reply: pageOf(User),
    handle: (ctx, { query }) => listUsers(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Add a user',
    tag: 'users',
    access: 'admin',
    body: NewUser,
    reply: User,
    status: 201,
    handle: (ctx, { body }) => createUser(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/users/:id',
    summary: 'Change the name, role or access of a user',
    tag: 'users',
    access: 'admin',
    params: ById,
    body: UserChange,
    reply: User,
    handle: (ctx, { params, body }) => changeUser(ctx, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/login-link',
    summary: 'Make a one-time sign-in link for the first admin',
    tag: 'users',
    access: 'admin',
    reply: z.object({ url: z.string(), expires_at: z.string() }),
    status: 201,
    handle: async (ctx) => createLink(ctx, await firstAdmin(ctx)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/users/:id/link',
    summary: 'Make a one-time sign-in link for a user',
    tag: 'users',
    access: 'admin',
    params: ById,
    reply: z.object({ url: z.string(), expires_at: z.string() }),
    status: 201,
    handle: (ctx, { params }) => createLink(ctx, params.id),
  }),
];
