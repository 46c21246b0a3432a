import { brotliCompressSync } from 'node:zlib';
import { z } from 'zod';
import { openApi } from './openapi.ts';
import { referencePage } from './openapi-page.ts';
import { type Route, route } from './route.ts';

/** These routes, and two more that describe them all. The document is made once, and packed once, when first asked for: anybody may ask. */
export function withReference(routes: readonly Route[]): readonly Route[] {
  const document = once(() => openApi(all));
  const text = once(() => Buffer.from(JSON.stringify(document())));
  const packed = once(() => brotliCompressSync(text()));
  const page = once(() => referencePage(document()));
  const all: readonly Route[] = [
    ...routes,
    route({
      method: 'GET',
      path: '/api/v1/openapi.json',
      summary: 'This API as an OpenAPI 3.1 document',
      tag: 'reference',
      access: 'public',
      reply: z.looseObject({ openapi: z.string() }),
      async handle(_ctx, { request, reply }) {
        reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
        if (!/\bbr\b(?!\s*;\s*q=0)/.test(request.headers['accept-encoding'] ?? '')) return text() as never;
        reply.header('content-encoding', 'br');
        return packed() as never;
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
      async handle(_ctx, { reply }) {
        reply.type('text/html; charset=utf-8');
        return page();
      },
    }),
  ];
  return all;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
