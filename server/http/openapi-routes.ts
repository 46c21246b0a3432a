import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { z } from 'zod';
import { openApi } from './openapi.ts';
import { referencePage } from './openapi-page.ts';
import { type Route, route } from './route.ts';

/** These routes, and two more that describe them all. The document is made once, and packed once, when first asked for: anybody may ask. */
export function withReference(routes: readonly Route[]): readonly Route[] {
  const document = once((turn) => openApi(all, turn));
  const text = once(async (turn) => Buffer.from(JSON.stringify(await document(turn))));
  const packed = once(async (turn) => promisify(brotliCompress)(await text(turn)));
  const page = once(async (turn) => referencePage(await document(turn)));
  const all: readonly Route[] = [
    ...routes,
    route({
      method: 'GET',
      path: '/api/v1/openapi.json',
      summary: 'This API as an OpenAPI 3.1 document',
      tag: 'reference',
      access: 'public',
      reply: z.looseObject({ openapi: z.string() }),
      async handle({ turn }, { request, reply }) {
        reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
        if (!/\bbr\b(?!\s*;\s*q=0)/.test(request.headers['accept-encoding'] ?? ''))
          return (await text(turn)) as never;
        reply.header('content-encoding', 'br');
        return (await packed(turn)) as never;
      },
    }),
    route({
      method: 'GET',
      path: '/docs',
      summary: 'This API as a page for people',
      tag: 'reference',
      access: 'public',
      produces: 'text/html',
      reply: z.string(),
      async handle({ turn }, { reply }) {
        reply.type('text/html; charset=utf-8');
        return page(turn);
      },
    }),
  ];
  return all;
}

type Turn = () => Promise<void>;

function once<T>(make: (turn: Turn) => Promise<T>): (turn: Turn) => Promise<T> {
  let made: Promise<T> | undefined;
  return (turn) => {
    made ??= make(turn);
    return made;
  };
}
