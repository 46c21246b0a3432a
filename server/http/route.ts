import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx, Scope } from '../context.ts';

/** Bytes that a body may have where its route does not say otherwise. */
export const SMALL_BODY = 64 * 1024;
/** Where something of each of a thousand columns is taken. */
export const LARGE_BODY = 1024 * 1024;

/** Who may call: a scope that the actor must have, or nobody in particular. */
export type Access = Scope | 'public';

export interface RouteInput<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * One address of the API: parse → verb → reply. The schemas validate the request and make the OpenAPI document;
 * `path` is in Fastify's form, `/api/v1/models/:model`.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** True: an API key may not, whatever its scopes; people may, and the operator. */
  readonly byPeople?: boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly reply?: z.ZodType;
  /** Status of success; 200 when absent, 204 when the handler returns undefined. */
  readonly status?: number;
  /** The handler reads the raw body itself (streams, compression); `body` then only documents it. */
  readonly raw?: boolean;
  /** Bytes that the body may have; 64 KiB when absent. Raw routes read theirs themselves. */
  readonly bodyLimit?: number;
  /** How many requests one address may make in a minute; more get too_many_requests. Unlimited when absent. */
  readonly perMinute?: number;
  /** It is asked before every prediction: a key that was looked up a moment ago is not looked up again (see recent-actors.ts). */
  readonly often?: boolean;
  /** It costs the stores much: of each who asks it, one is answered after the other. */
  readonly oneAtATime?: boolean;
  /** Content type of the reply in the OpenAPI document; application/json when absent. */
  readonly produces?: string;
  /** How a refused request is answered where a protocol has its own way; as all others when absent. */
  readonly failure?: (
    error: TiltmeterError,
    request: FastifyRequest,
  ) => { readonly type: string; readonly body: Buffer };
  /** What it returns is the body. It may say another status with `reply.code`; it never sends by itself. */
  readonly handle: (ctx: Ctx, input: RouteInput<never, never, never>) => Promise<unknown>;
}

type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;

/** Ties the handler's types to the schemas of its route. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(
  definition: Omit<Route, 'params' | 'query' | 'body' | 'reply' | 'handle'> & {
    params?: P;
    query?: Q;
    body?: B;
    reply?: R;
    handle: (
      ctx: Ctx,
      input: RouteInput<Infer<P>, Infer<Q>, Infer<B>>,
    ) => Promise<R extends z.ZodType ? z.input<R> | undefined : unknown>;
  },
): Route {
  return definition as unknown as Route;
}
