import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../context.ts';
import { SESSION_MAX_MS } from './authenticate-session.ts';

const NAME = 'tiltmeter_session';

/** The session's secret that the browser sent. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  return request.cookies[NAME];
}

const attributes = (ctx: Ctx) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: ctx.settings.address.startsWith('https:'),
});

export function setSession(ctx: Ctx, reply: FastifyReply, secret: string): void {
  reply.setCookie(NAME, secret, { ...attributes(ctx), maxAge: SESSION_MAX_MS / 1000 });
}

export function clearSession(ctx: Ctx, reply: FastifyReply): void {
  reply.clearCookie(NAME, attributes(ctx));
}
