import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import { type Actor, ANONYMOUS, actingAs, type Ctx } from '../context.ts';
import { admitActor } from './admit-actor.ts';
import { invalidRequest } from './failures.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { createRateLimit, network } from './rate-limit.ts';
import type { Refusals } from './refusals.ts';
import type { Route, RouteInput } from './route.ts';
import { requireSameOrigin } from './same-origin.ts';

export type Authenticate = (request: FastifyRequest) => Promise<Actor>;
/** Resolves when it is somebody's turn. */
export type Turn = (of: string) => Promise<void>;

export interface WayToRoutes {
  readonly authenticate: Authenticate;
  /** The same for what is asked often; as all others when absent. */
  readonly recently?: Authenticate;
  readonly refusals: Refusals;
  readonly turn: Turn;
  readonly oneAtATime: OneAtATime;
}

/** From whom → rate limit → who → may they → (body) → is it their turn → is it valid → the verb → reply. The body is read after access is settled. */
export function addRoute(
  http: FastifyInstance,
  ctx: Ctx,
  route: Route,
  { authenticate, recently = authenticate, refusals, turn, oneAtATime }: WayToRoutes,
): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  const limit = route.perMinute === undefined ? undefined : createRateLimit(route.perMinute, ctx.monotonic);

  async function admit(request: FastifyRequest): Promise<void> {
    // First of all: what pages of other sites let a browser ask takes nothing from the one who sits there.
    requireSameOrigin(request.method, request.headers, ctx.settings.address);
    const wait = limit?.take(request.ip) ?? 0;
    if (wait > 0) {
      const message = `more than ${route.perMinute} requests a minute from this address`;
      throw new TiltmeterError('too_many_requests', message, { retryAfter: wait });
    }
    const actor = await (route.often ? recently : authenticate)(request);
    refusals.of(request, actor);
    admitActor(actor, route, request.params as Readonly<Record<string, string>>);
    actors.set(request, actor);
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (route.body && !route.raw && request.body === undefined) throw new TiltmeterError('empty_body');
    const actor = actors.get(request) ?? ANONYMOUS;
    // Who asks much at once does not stand before others with all of it; nobody in particular is an address.
    const asker = actor.kind === 'anonymous' ? network(request.ip) : actor.id;
    await turn(asker);
    const input = {
      params: valid(route.params, request.params, 'params'),
      query: valid(route.query, request.query, 'query'),
      body: route.raw ? undefined : valid(route.body, request.body),
      request,
      reply,
    } as RouteInput<never, never, never>;
    const asking = { ...actingAs(ctx, actor), turn: () => turn(asker) };
    const answer = () => route.handle({ ...asking, request: { id: request.id, ip: request.ip } }, input);
    const result = await (route.oneAtATime
      ? oneAtATime(`${asker} ${route.path}`, answer, () => reply.raw.destroyed)
      : answer());
    if (reply.statusCode === 200) reply.code(route.status ?? (result === undefined ? 204 : 200));
    return reply.send(result);
  }

  const { method, path: url, bodyLimit, failure } = route;
  http.route({
    method,
    url,
    onRequest: admit,
    handler: handle,
    config: { failure },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
  });
}

function valid(schema: ZodType | undefined, value: unknown, where?: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw invalidRequest(parsed.error, where);
  return parsed.data;
}
