import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../context.ts';

const NAME = 'tiltmeter_session';
/** A browser takes a cookie of such a name from this host alone, over https, for all paths: no neighbour can set one. */
const HOST_NAME = `__Host-${NAME}`;

export interface SentSecret {
  readonly secret: string;
  /** It came under the name that a neighbour could set where people come over https: only sessions from before hold under it. */
  readonly former: boolean;
}

type Where = { readonly settings: Pick<Ctx['settings'], 'address' | 'session'> };

const isSecure = ({ settings }: Where) => settings.address.startsWith('https:');

/** The session's secret that the browser sent. */
export function sessionSecret(ctx: Where, request: FastifyRequest): SentSecret | undefined {
  // A door that is for programs alone reads none.
  const { [HOST_NAME]: own, [NAME]: plain } = request.cookies ?? {};
  const secure = isSecure(ctx);
  if (secure && own !== undefined) return { secret: own, former: false };
  return plain === undefined ? undefined : { secret: plain, former: secure };
}

const attributes = (ctx: Where) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: isSecure(ctx),
});

export function setSession(ctx: Where, reply: FastifyReply, secret: string): void {
  const maxAge = ctx.settings.session.maxMs / 1000;
  reply.setCookie(isSecure(ctx) ? HOST_NAME : NAME, secret, { ...attributes(ctx), maxAge });
}

export function clearSession(ctx: Where, reply: FastifyReply): void {
  reply.clearCookie(NAME, attributes(ctx));
  if (isSecure(ctx)) reply.clearCookie(HOST_NAME, attributes(ctx));
}
