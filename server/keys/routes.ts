import { z } from 'zod';
import { Key, NewKey, NewKeyReply } from '../../contract/key.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './list-keys.ts';
import { revokeKey } from './revoke-key.ts';

export const keyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/keys',
    summary: 'API keys, newest first: an admin sees all, others their own',
    tag: 'keys',
    access: 'write',
    query: PageQuery,
    reply: pageOf(Key),
    handle: (ctx, { query }) => listKeys(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/keys',
    summary: 'Make an API key; its secret is shown in this reply only',
    tag: 'keys',
    access: 'write',
    byPeople: true,
    body: NewKey,
    reply: NewKeyReply,
    status: 201,
    handle: (ctx, { body }) => createKey(ctx, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    summary: 'Revoke an API key',
    tag: 'keys',
    access: 'write',
    params: z.object({ id: z.string() }),
    handle: (ctx, { params }) => revokeKey(ctx, params.id),
  }),
];
